"""What the pages and APIs of several channels share: limits, served files, layout, headers."""
