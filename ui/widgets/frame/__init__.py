"""What stands around every page: navigation, the notice and status lines, the finder, panes."""
