"""What pages share: the frame around them, sign-in, server, widgets. Computes no figure."""
