"""The doors people and programs knock on: parse, call one use case, show."""
