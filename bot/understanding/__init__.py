"""The statistical part of understanding: text features, linear model, calibration. Free of Rasa."""
