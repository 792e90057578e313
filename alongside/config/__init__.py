"""Settings, addresses and commands: how the application is put together and run."""
