"""Where the per-opinion work runs: in this process, or in several."""
