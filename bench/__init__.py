"""Benchmarks that anybody can run: `./run bench NAME`."""
