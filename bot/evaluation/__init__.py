"""Measuring the understanding: sentences in, figures and pictures out."""
