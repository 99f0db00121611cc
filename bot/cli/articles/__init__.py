"""`outagewire articles`: editors list what others wrote about an incident."""
