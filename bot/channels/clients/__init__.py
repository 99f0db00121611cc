"""Clients for the interfaces of the services that channels send to."""
