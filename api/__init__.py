"""The HTTP API (``create_app(settings, store)``). Built in a later issue."""
