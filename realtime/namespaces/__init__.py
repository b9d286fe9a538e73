"""Where Socket.IO stops: below the namespaces nobody has seen a `sid` or a packet."""
