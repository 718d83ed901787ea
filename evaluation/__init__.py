"""Measures of what people get: lists of real messages played through a running helpline, and panels read by eye.

Speaks to the helpline as the outside does; the few looks inside are in `machine_view.py` and may give nothing.
"""
