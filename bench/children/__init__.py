"""What the benchmarks run as fresh processes: each prints one JSON object on its last line."""
