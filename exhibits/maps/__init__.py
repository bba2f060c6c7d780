"""县区地图: any indicator on the map."""
