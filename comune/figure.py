"""The territory in figures, so that the platform works before anybody imports anything.

The outline: corners of the ISTAT limits of June 2023 (Openpolis, CC BY 4.0), thinned to 57, rounded to three
decimals (about 100 m) and drawn a little wide, so that nobody on the edge is told to be elsewhere. Hamlets and
streets: points of Who's On First, GeoNames (CC BY 4.0) and MIMIT, rounded to four decimals, or three where the place
itself is that vague; gates and squares: placed by hand, good to some 100 m. The exact boundary, places, streets and
house numbers come in with the `importa_*` commands, and then win.

Everywhere (latitude, longitude) in WGS84 degrees.
"""

from __future__ import annotations

FONTE = "figure"  # `fonte` of the rows made of these names

Punto = tuple[float, float]

# The Comune, clockwise from the west; the last point joins the first.
CONFINE: tuple[Punto, ...] = (
    (43.815, 10.373), (43.830, 10.364), (43.841, 10.367), (43.846, 10.373), (43.842, 10.378), (43.846, 10.396),
    (43.855, 10.373), (43.879, 10.360), (43.883, 10.365), (43.882, 10.383), (43.886, 10.389), (43.893, 10.385),
    (43.899, 10.388), (43.900, 10.408), (43.910, 10.432), (43.908, 10.447), (43.921, 10.458), (43.930, 10.472),
    (43.924, 10.496), (43.932, 10.506), (43.937, 10.499), (43.952, 10.505), (43.961, 10.515), (43.949, 10.527),
    (43.952, 10.544), (43.942, 10.576), (43.925, 10.563), (43.904, 10.569), (43.897, 10.552), (43.895, 10.534),
    (43.887, 10.530), (43.878, 10.550), (43.869, 10.547), (43.858, 10.558), (43.847, 10.562), (43.840, 10.560),
    (43.837, 10.534), (43.830, 10.534), (43.821, 10.527), (43.825, 10.518), (43.817, 10.508), (43.817, 10.497),
    (43.796, 10.496), (43.777, 10.488), (43.772, 10.499), (43.757, 10.496), (43.766, 10.468), (43.764, 10.453),
    (43.777, 10.441), (43.789, 10.438), (43.795, 10.450), (43.804, 10.451), (43.811, 10.435), (43.834, 10.425),
    (43.821, 10.414), (43.826, 10.410), (43.812, 10.381),
)  # fmt: skip

# slug, name, centre. A point belongs to the nearest centre.
QUARTIERI: tuple[tuple[str, str, float, float], ...] = (
    ("centro-storico", "Centro storico", 43.8435, 10.5045),
    ("san-concordio", "San Concordio", 43.8305, 10.5005),
    ("sant-anna", "Sant’Anna", 43.8420, 10.4845),
    ("san-marco", "San Marco", 43.8530, 10.5040),
    ("san-vito", "San Vito", 43.8525, 10.5310),
    ("san-filippo", "San Filippo", 43.8400, 10.5330),
    ("san-cassiano-a-vico", "San Cassiano a Vico", 43.8730, 10.5230),
    ("ponte-a-moriano", "Ponte a Moriano", 43.9130, 10.5240),
    ("monte-san-quirico", "Monte San Quirico", 43.8650, 10.4930),
    ("mutigliano", "Mutigliano", 43.8920, 10.4750),
    ("oltreserchio", "Oltreserchio", 43.8600, 10.4200),
    ("sant-angelo", "Sant’Angelo", 43.8360, 10.4560),
    ("vicopelago", "Vicopelago", 43.8225, 10.4860),
    ("massa-pisana", "Massa Pisana", 43.7970, 10.4730),
)

# Squares, gates, towers, offices.
LUOGHI: tuple[tuple[str, float, float], ...] = (
    ("Porta San Pietro", 43.8389, 10.5030),
    ("Porta Santa Maria", 43.8476, 10.5055),
    ("Porta San Jacopo", 43.8477, 10.5098),
    ("Porta Elisa", 43.8433, 10.5146),
    ("Porta San Gervasio", 43.8434, 10.5101),
    ("Porta dei Borghi", 43.8467, 10.5070),
    ("Porta San Donato", 43.8437, 10.4957),
    ("Porta Sant’Anna", 43.8415, 10.4962),
    ("Piazza dell’Anfiteatro", 43.8457, 10.5061),
    ("Piazza San Michele", 43.8431, 10.5031),
    ("Piazza Napoleone", 43.8412, 10.5027),
    ("Piazza del Giglio", 43.8409, 10.5036),
    ("Piazza San Martino", 43.8408, 10.5050),
    ("Piazza San Frediano", 43.8459, 10.5053),
    ("Piazza Santa Maria", 43.8471, 10.5056),
    ("Piazza San Francesco", 43.8452, 10.5112),
    ("Piazza Santa Maria Foris Portam", 43.8430, 10.5083),
    ("Piazza Cittadella", 43.8431, 10.5010),
    ("Piazzale Verdi", 43.8425, 10.4967),
    ("Piazzale Ricasoli", 43.8379, 10.5060),
    ("San Michele in Foro", 43.8433, 10.5025),
    ("Duomo di San Martino", 43.8406, 10.5059),
    ("Basilica di San Frediano", 43.8460, 10.5047),
    ("Torre Guinigi", 43.8437, 10.5070),
    ("Torre delle Ore", 43.8434, 10.5041),
    ("Palazzo Ducale", 43.8415, 10.5017),
    ("Palazzo Orsetti", 43.8443, 10.5015),
    ("Palazzo Pfanner", 43.8465, 10.5034),
    ("Teatro del Giglio", 43.8407, 10.5039),
    ("Villa Bottini", 43.8441, 10.5113),
    ("Orto Botanico", 43.8411, 10.5108),
    ("Biblioteca Agorà", 43.8420, 10.5078),
    ("Real Collegio", 43.8468, 10.5048),
    ("Stazione di Lucca", 43.8374, 10.5062),
    ("Stadio Porta Elisa", 43.8478, 10.5172),
    ("Ospedale San Luca", 43.8405, 10.5345),
    ("Campo di Marte", 43.8510, 10.5145),
    ("Parco fluviale del Serchio", 43.859, 10.505),
)

# Hamlets and parts of the city.
LOCALITA: tuple[tuple[str, float, float], ...] = (
    ("Antraccoli", 43.8418, 10.5510),
    ("Arancio", 43.846, 10.529),
    ("Arliano", 43.8476, 10.4047),
    ("Arsina", 43.8912, 10.4939),
    ("Balbano", 43.833, 10.400),
    ("Borgo Giannotti", 43.8520, 10.5060),
    ("Cappella", 43.900, 10.483),
    ("Castagnori", 43.9001, 10.4306),
    ("Cerasomma", 43.833, 10.433),
    ("Chiatri", 43.8678, 10.3780),
    ("Ciciana", 43.917, 10.550),
    ("Deccio di Brancoli", 43.9336, 10.5555),
    ("Massa Pisana", 43.8096, 10.4812),
    ("Mastiano", 43.9096, 10.4883),
    ("Meati", 43.8323, 10.4545),
    ("Monte San Quirico", 43.8595, 10.4968),
    ("Montuolo", 43.8393, 10.4470),
    ("Mugnano", 43.835, 10.518),
    ("Mutigliano", 43.8844, 10.4790),
    ("Nozzano", 43.8349, 10.4173),
    ("Nozzano Castello", 43.8403, 10.4183),
    ("Nozzano Vecchio", 43.8469, 10.4421),
    ("Ombreglio", 43.9386, 10.5438),
    ("Palmata", 43.9161, 10.5472),
    ("Piazza di Brancoli", 43.9415, 10.5389),
    ("Piazzano", 43.8932, 10.3995),
    ("Pieve di Brancoli", 43.9364, 10.5275),
    ("Ponte a Moriano", 43.908, 10.525),
    ("Ponte San Pietro", 43.867, 10.450),
    ("Pontetetto", 43.8229, 10.4942),
    ("Saltocchio", 43.900, 10.533),
    ("San Cerbone", 43.7808, 10.4561),
    ("San Concordio", 43.831, 10.499),
    ("San Concordio di Moriano", 43.8944, 10.4979),
    ("San Giusto di Brancoli", 43.9301, 10.5199),
    ("San Lorenzo a Vaccoli", 43.7988, 10.4815),
    ("San Lorenzo di Moriano", 43.894, 10.523),
    ("San Macario in Monte", 43.8799, 10.4249),
    ("San Macario in Piano", 43.8576, 10.4361),
    ("San Marco", 43.853, 10.502),
    ("San Quirico di Moriano", 43.900, 10.517),
    ("San Vito", 43.852, 10.534),
    ("Sant’Anna", 43.841, 10.484),
    ("Santa Maria del Giudice", 43.7786, 10.4594),
    ("Stabbiano", 43.8779, 10.3965),
    ("Vicopelago", 43.8224, 10.4808),
    ("Vinchiana", 43.9248, 10.5437),
)

# Streets, by one point on each.
VIE: tuple[tuple[str, float, float], ...] = (
    ("Via Fillungo", 43.8453, 10.5050),
    ("Via Elisa", 43.8434, 10.5125),
    ("Via Santa Croce", 43.8430, 10.5075),
    ("Via del Fosso", 43.8448, 10.5099),
    ("Via San Paolino", 43.8427, 10.4995),
    ("Via Vittorio Veneto", 43.8403, 10.5024),
    ("Via Roma", 43.8430, 10.5039),
    ("Corso Garibaldi", 43.8396, 10.5003),
    ("Via Agostino Marti", 43.8497, 10.5127),
    ("Via Catalani", 43.8427, 10.4932),
    ("Via Gaetano Luporini", 43.8399, 10.4829),
    ("Via Nuova per Pisa", 43.8200, 10.4917),
    ("Via Papi", 43.8429, 10.4941),
    ("Via Pesciatina", 43.8515, 10.5336),
    ("Via Pisana Vecchia", 43.8421, 10.4885),
    ("Via Provinciale della Madonnina", 43.8474, 10.5590),
    ("Via Provinciale Sant’Alessio", 43.8616, 10.4881),
    ("Via Romana", 43.8448, 10.5295),
    ("Via Sarzanese", 43.8485, 10.4664),
    ("Via Vecchia Pesciatina", 43.8506, 10.5209),
    ("Via del Brennero", 43.8578, 10.5137),
    ("Via della Macchia", 43.8792, 10.5294),
    ("Via delle Tagliate III", 43.8500, 10.5005),
    ("Via delle Ville", 43.8563, 10.5196),
    ("Via di Camaiore", 43.8640, 10.5093),
    ("Via di Mugnano", 43.8352, 10.5180),
    ("Via di Poggio", 43.8478, 10.4452),
    ("Via di Tiglio", 43.8419, 10.5189),
    ("Via per Sant’Alessio", 43.8596, 10.4984),
    ("Viale Carducci", 43.8407, 10.4949),
    ("Viale Castruccio Castracani", 43.8493, 10.5258),
    ("Viale Europa", 43.8346, 10.4943),
    ("Viale Giacomo Puccini", 43.8441, 10.4870),
    ("Viale Guglielmo Marconi", 43.8472, 10.5159),
    ("Viale San Concordio", 43.8321, 10.4980),
)
