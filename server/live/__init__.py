"""The live layer's ports on the database: who may follow what, leases, the clock that moves meetings."""
