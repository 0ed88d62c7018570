"""The API v1 of this house: what programs may ask, in JSON. Blueprint in `v1.py`."""
