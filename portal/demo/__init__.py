"""Loads the demo commune: data in `demo/`, by the same actions that editors and the desk use."""
