"""The imaging release kiosk: patients take home a complete, verified copy of their studies."""

__version__ = "0.1.0"
PRODUCT = "Imaging release kiosk"
