"""What runs inside an installation, as its own process with its settings: filling it, and measuring without sockets."""
