"""The HTTP door: ``create_app(settings, store)`` answers what the command line answers, with the same JSON.

``guard`` stands before everything (who may ask, how much may be sent), ``kept`` holds finished answers of the present revision,
``problems`` turns every failure into a problem document, ``operations`` derives routes from the register of ``lianyin.operation`` and
``described`` their OpenAPI; ``routers`` hold what is no operation: uploads, files, pages.
"""

from api.app import create_app

__all__ = ["create_app"]
