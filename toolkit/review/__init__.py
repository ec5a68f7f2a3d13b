"""Corrections coming home, and sign-off."""
