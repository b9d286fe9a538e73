"""The live layer: meetings, queues, numbered streams, presence and signalling.

It knows neither the application nor what feedback means; what it needs from
its host stands in `realtime.ports`.
"""
