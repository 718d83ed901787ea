"""Personal data: keys, masking, the register and its periods, export and erasure, who saw what."""
