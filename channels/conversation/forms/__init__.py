"""Short forms that work with the engine down: call-back, recap by SMS, feedback, erasure. One form per file."""
