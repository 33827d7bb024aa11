"""Words, topics and cues that ship with the package, opened with importlib.resources."""
