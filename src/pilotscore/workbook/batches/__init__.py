"""Sheets of batches and time series into arrays with their cells."""
