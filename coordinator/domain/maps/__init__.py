"""Maps without a screen: what stands where, as drawing primitives for the window and the paper alike."""
