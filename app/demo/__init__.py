"""The demo center Al-Olaya: its facts as files, their loading, its clock and its played day."""
