"""The command line and the Python client: the only place that wires settings to stores and services."""
