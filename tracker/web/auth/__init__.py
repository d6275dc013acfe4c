"""Signing up, in and out; who may see which page."""
