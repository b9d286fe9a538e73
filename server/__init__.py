"""The application: identity, events, meetings and feedback stored and served over HTTP."""
