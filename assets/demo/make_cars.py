#!/usr/bin/env python3
"""Makes cars.csv, costs.csv and history.json of the demo dealership.

    make_cars.py EPA_VEHICLES.csv VPIC_WMI_CARS.csv

True specifications come from the EPA file, true maker codes from the vPIC file (README.md names
both); prices, mileages, colours and serial numbers are made up, the same ones every time.
Python 3 standard library only; writes beside itself.
"""
import csv
import json
import os
import random
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
THIS_YEAR = 2026
KES_PER_USD = 129.0

# make, base model in the EPA file, name shown, body, WMI, price new today in million KES,
# class of equipment (0 plain, 1 middle, 2 high), how many, optional pattern the EPA model must match
MODELS = [
    ("Toyota", "Corolla", "Corolla", "sedan", "JTD", 3.9, 0, 3, r"^Corolla( LE| Hybrid)?( Eco)?( AWD)?$"),
    ("Toyota", "Corolla", "Corolla Hatchback", "hatchback", "JTN", 4.0, 0, 2, r"Hatchback"),
    ("Toyota", "Camry", "Camry", "sedan", "4T1", 6.1, 1, 2, None),
    ("Toyota", "RAV4", "RAV4", "compact_suv", "JTM", 6.4, 1, 5, None),
    ("Toyota", "Corolla Cross", "Corolla Cross", "compact_suv", "7MU", 5.2, 1, 2, None),
    ("Toyota", "Highlander", "Highlander", "suv", "5TD", 8.6, 1, 2, None),
    ("Toyota", "Land Cruiser", "Land Cruiser", "suv", "JTM", 16.5, 2, 3, None),
    ("Toyota", "4Runner", "4Runner", "suv", "JTE", 9.2, 1, 2, None),
    ("Toyota", "Prius", "Prius", "hatchback", "JTD", 5.1, 1, 2, None),
    ("Toyota", "Yaris", "Yaris", "hatchback", "JTD", 2.8, 0, 2, r"^Yaris$"),
    ("Toyota", "Tacoma", "Tacoma", "pickup", "3TM", 7.4, 1, 2, None),
    ("Toyota", "Sienna", "Sienna", "van", "5TD", 7.5, 1, 2, None),
    ("Toyota", "GR 86", "GR86", "coupe", "JF1", 5.6, 1, 1, None),
    ("Nissan", "Rogue", "Rogue", "compact_suv", "JN8", 5.4, 1, 2, r"^Rogue"),
    ("Nissan", "Frontier", "Frontier", "pickup", "1N6", 6.0, 1, 2, None),
    ("Nissan", "Leaf", "Leaf", "hatchback", "1N4", 4.2, 1, 2, None),
    ("Nissan", "Sentra", "Sentra", "sedan", "3N1", 3.4, 0, 2, None),
    ("Nissan", "Kicks", "Kicks", "compact_suv", "3N1", 3.7, 0, 2, None),
    ("Nissan", "NV200 Cargo Van", "NV200", "van", "3N6", 3.3, 0, 2, None),
    ("Nissan", "Juke", "Juke", "compact_suv", "JN8", 3.2, 0, 1, None),
    ("Mazda", "CX-5", "CX-5", "compact_suv", "JM3", 5.4, 1, 5, None),
    ("Mazda", "3", "Mazda3", "hatchback", "JM1", 4.0, 1, 2, r"5-Door|Hatch"),
    ("Mazda", "2", "Demio", "hatchback", "JM1", 2.4, 0, 2, None),
    ("Mazda", "6", "Mazda6", "sedan", "JM1", 4.6, 1, 2, None),
    ("Mazda", "CX-30", "CX-30", "compact_suv", "3MV", 4.7, 1, 2, None),
    ("Mazda", "MX-5", "MX-5 RF", "coupe", "JM1", 5.8, 1, 1, None),
    ("Subaru", "Forester", "Forester", "suv", "JF2", 5.5, 1, 4, None),
    ("Subaru", "Outback", "Outback", "wagon", "4S4", 5.9, 1, 3, None),
    ("Subaru", "Crosstrek", "XV Crosstrek", "compact_suv", "JF2", 4.7, 1, 2, None),
    ("Subaru", "WRX", "WRX", "sedan", "JF1", 6.2, 1, 1, None),
    ("Honda", "CR-V", "CR-V", "compact_suv", "2HK", 5.8, 1, 3, None),
    ("Honda", "Fit", "Fit", "hatchback", "JHM", 2.6, 0, 3, None),
    ("Honda", "Civic", "Civic", "sedan", "2HG", 4.3, 1, 2, r"4Dr"),
    ("Honda", "HR-V", "HR-V", "compact_suv", "3CZ", 4.4, 1, 2, None),
    ("Honda", "Odyssey", "Odyssey", "van", "5FN", 7.0, 1, 2, None),
    ("Mitsubishi", "Outlander", "Outlander", "suv", "JA4", 5.6, 1, 3, None),
    ("Mitsubishi", "Eclipse Cross", "Eclipse Cross", "compact_suv", "JA4", 4.6, 1, 2, None),
    ("Volkswagen", "Golf/GTI", "Golf", "hatchback", "3VW", 4.1, 1, 3, r"^Golf$"),
    ("Volkswagen", "Golf/GTI", "Golf GTI", "hatchback", "WVW", 5.8, 2, 1, r"^Golf GTI|^GTI"),
    ("Volkswagen", "Tiguan", "Tiguan", "compact_suv", "WVG", 5.7, 1, 2, None),
    ("Volkswagen", "Passat", "Passat", "sedan", "1VW", 4.6, 1, 2, None),
    ("Volkswagen", "Touareg", "Touareg", "suv", "WVG", 9.5, 2, 2, None),
    ("Volkswagen", "ID.4", "ID.4", "compact_suv", "1V2", 6.4, 1, 2, None),
    ("Mercedes-Benz", "C-Class", "C 300", "sedan", "W1K", 9.6, 2, 2, r"^C300( 4matic)?$"),
    ("Mercedes-Benz", "E-Class", "E 350", "sedan", "W1K", 12.8, 2, 2, r"^E350( 4matic)?$"),
    ("Mercedes-Benz", "GLE-Class", "GLE 350", "suv", "4JG", 16.0, 2, 2, r"^GLE350"),
    ("Mercedes-Benz", "E-Class", "E 400 Coupe", "coupe", "W1K", 13.5, 2, 1, r"E400.*[Cc]oupe"),
    ("BMW", "3 Series", "320i", "sedan", "WBA", 8.8, 2, 2, r"^320i( xDrive)?$"),
    ("BMW", "X3", "X3", "suv", "5UX", 10.8, 2, 2, None),
    ("BMW", "X5", "X5", "suv", "5UX", 16.5, 2, 2, None),
    ("BMW", "4 Series", "430i Coupe", "coupe", "WBA", 10.2, 2, 1, r"430i( xDrive)? Coupe"),
    ("BMW", "iX", "iX", "suv", "WB5", 17.5, 2, 1, None),
    ("Audi", "A4", "A4", "sedan", "WAU", 8.7, 2, 2, r"^A4"),
    ("Audi", "Q5", "Q5", "suv", "WA1", 10.6, 2, 2, None),
    ("Audi", "A5", "A5 Coupe", "coupe", "WAU", 9.5, 2, 1, r"^A5 quattro$|^A5$|Coupe"),
    ("Ford", "Ranger", "Ranger", "pickup", "1FT", 7.2, 1, 3, None),
    ("Ford", "F150", "F-150", "pickup", "1FT", 9.4, 1, 2, None),
    ("Ford", "Mustang", "Mustang", "coupe", "1FA", 8.4, 2, 2, r"^Mustang$"),
    ("Ford", "Explorer", "Explorer", "suv", "1FM", 8.2, 1, 1, None),
    ("Ford", "Transit Connect", "Transit Connect", "van", "NM0", 4.8, 0, 2, None),
    ("Kia", "Sportage", "Sportage", "compact_suv", "KND", 5.0, 1, 2, None),
    ("Kia", "Sorento", "Sorento", "suv", "5XY", 6.4, 1, 2, None),
    ("Kia", "EV6", "EV6", "compact_suv", "KND", 8.2, 2, 1, None),
    ("Hyundai", "Tucson", "Tucson", "compact_suv", "KM8", 5.0, 1, 2, None),
    ("Hyundai", "Elantra", "Elantra", "sedan", "KMH", 3.7, 0, 2, None),
    ("Hyundai", "Ioniq 5", "Ioniq 5", "compact_suv", "KM8", 7.9, 2, 2, None),
    ("Land Rover", "Range Rover", "Range Rover Sport", "suv", "SAL", 24.0, 2, 2, r"Sport"),
    ("Land Rover", "Defender", "Defender 110", "suv", "SAL", 19.0, 2, 2, r"110"),
    ("Land Rover", "Discovery", "Discovery", "suv", "SAL", 15.0, 2, 1, None),
    ("Lexus", "RX", "RX", "suv", "JTJ", 13.5, 2, 2, None),
    ("Lexus", "NX", "NX", "compact_suv", "JTJ", 10.2, 2, 1, None),
    ("Volvo", "XC60", "XC60", "suv", "YV4", 9.8, 2, 2, None),
    ("Volvo", "V60", "V60", "wagon", "YV1", 8.4, 2, 2, None),
    ("Volvo", "V90", "V90", "wagon", "YV1", 10.5, 2, 1, None),
    ("Volkswagen", "Golf/GTI", "Golf SportWagen", "wagon", "3VW", 4.4, 1, 2, r"SportWagen"),
    ("Porsche", "Cayenne", "Cayenne", "suv", "WP1", 21.0, 2, 1, r"^Cayenne$"),
    ("Porsche", "911", "911 Carrera", "coupe", "WP0", 28.0, 2, 1, r"^911 Carrera$"),
    ("Jeep", "Wrangler", "Wrangler", "suv", "1C4", 9.0, 1, 2, None),
    ("Jeep", "Gladiator", "Gladiator", "pickup", "1C6", 9.6, 1, 1, None),
    ("Tesla", "Model 3", "Model 3", "sedan", "LRW", 8.5, 2, 1, None),
    ("Tesla", "Model Y", "Model Y", "compact_suv", "LRW", 9.2, 2, 1, None),
    ("MINI", "Cooper", "Cooper", "hatchback", "WMW", 5.4, 1, 2, None),
    ("Suzuki", "Grand Vitara", "Grand Vitara", "compact_suv", "JS3", 3.4, 0, 1, None),
]

TRIMS = {
    "Toyota": ["L", "LE", "XLE"], "Nissan": ["S", "SV", "SL"], "Mazda": ["Sport", "Touring", "Grand Touring"],
    "Subaru": ["Base", "Premium", "Limited"], "Honda": ["LX", "EX", "EX-L"],
    "Mitsubishi": ["ES", "SE", "GT"], "Volkswagen": ["S", "SE", "SEL"], "Mercedes-Benz": ["Avantgarde", "Exclusive", "AMG Line"],
    "BMW": ["Advantage", "Luxury Line", "M Sport"], "Audi": ["Premium", "Premium Plus", "Prestige"],
    "Ford": ["XL", "XLT", "Limited"], "Kia": ["LX", "EX", "SX"], "Hyundai": ["SE", "SEL", "Limited"],
    "Land Rover": ["S", "SE", "HSE"], "Lexus": ["Base", "Premium", "F Sport"], "Volvo": ["Momentum", "Plus", "Ultimate"],
    "Porsche": ["Base", "Sport Chrono", "Premium Plus"], "Jeep": ["Sport", "Sahara", "Rubicon"],
    "Tesla": ["Standard Range", "Long Range", "Performance"], "MINI": ["Classic", "Signature", "Iconic"],
    "Suzuki": ["JX", "JLX", "Limited"],
}

FEATURES = [
    ["Air conditioning", "ABS", "Front airbags", "Central locking", "Electric windows", "USB port"],
    ["Bluetooth", "Cruise control", "Rear camera", "Alloy wheels", "Side airbags", "Keyless entry",
     "Steering wheel controls", "Fog lamps", "Rear parking sensors", "Isofix"],
    ["Apple CarPlay", "Android Auto", "Adaptive cruise control", "Blind-spot monitor",
     "Lane-keeping assist", "Push-button start", "Leather seats", "Dual-zone climate control",
     "LED headlamps", "Electric driver's seat"],
    ["Heated front seats", "Panoramic roof", "Surround camera", "Head-up display",
     "Wireless charging", "Power tailgate", "Premium audio", "Ventilated seats", "Memory seats",
     "Matrix LED headlamps"],
]

# name: (rgb, how common)
COLORS = {
    "Pearl White": ("#E9EAEA", 30), "Silver": ("#B4BABF", 24), "Graphite Grey": ("#565D64", 24),
    "Midnight Black": ("#17191D", 20), "Barcelona Red": ("#8E1B28", 14), "Ocean Blue": ("#244B78", 16),
    "Forest Green": ("#2F4A36", 7), "Champagne": ("#B9A98B", 8), "Sky Blue": ("#8FB1C6", 6),
    "Burnt Orange": ("#C2571A", 6), "Deep Brown": ("#4A352B", 5), "Sand": ("#C9B99A", 4),
    "Signal Yellow": ("#D9A90F", 2), "Wine": ("#54182B", 5),
}

NORTH_AMERICA = set("12345")
YEAR_CODES = dict(zip(range(2010, 2027), "ABCDEFGHJKLMNPRST"))
VALUES = {**{str(d): d for d in range(10)},
          **dict(zip("ABCDEFGH", range(1, 9))), **dict(zip("JKLMN", range(1, 6))), "P": 7, "R": 9,
          **dict(zip("STUVWXYZ", range(2, 10)))}
WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
COUNTRIES = {"J": "Japan", "K": "South Korea", "W": "Germany", "S": "United Kingdom", "Y": "Sweden",
             "V": "Spain", "N": "Turkey", "L": "China"}
DOORS = {"sedan": 4, "coupe": 2, "pickup": 4}


def check_digit(vin):
    """49 CFR 565.15(c): the weighted sum of all places, modulo 11, X for 10."""
    rest = sum(VALUES[c] * w for c, w in zip(vin, WEIGHTS)) % 11
    return "X" if rest == 10 else str(rest)


def make_vin(rng, wmi, year, serial):
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
    section = "".join(rng.choice(letters) for _ in range(5))
    # Eleven digits' plant letter and a made-up serial number end it.
    vin = wmi + section + "0" + YEAR_CODES[year] + rng.choice("ABCDEFGHJKLMNP") + "%06d" % serial
    return vin[:8] + check_digit(vin) + vin[9:]


def fuel_of(row):
    if row["atv_type"] == "EV":
        return "electric"
    if row["atv_type"] == "Plug-in Hybrid":
        return "plug_in_hybrid"
    if row["atv_type"] == "Hybrid":
        return "hybrid"
    return "diesel" if row["fuel_type1"] == "Diesel" else "petrol"


def drive_of(row):
    return {"All-Wheel Drive": "awd", "Rear-Wheel Drive": "rwd", "Front-Wheel Drive": "fwd",
            "4-Wheel Drive": "4wd", "Part-time 4-Wheel Drive": "4wd"}[row["drive"]]


def mileage_of(rng, age, condition):
    if condition == "new":
        return rng.randrange(8, 120)
    return max(4000, int(rng.gauss(13500, 3000) * max(age, 0.6))) + rng.randrange(0, 10)


def price_of(rng, new_price, age, mileage, condition, trim):
    worth = new_price * (0.94 + 0.07 * trim)
    if condition != "new":
        worth *= 0.90 * 0.905 ** age
        worth *= 1 - max(-0.06, min(0.10, (mileage - 13500 * age) / 600000))
    worth *= rng.uniform(0.96, 1.04)
    return worth * 1e6


def describe(rng, car, row, origin):
    parts = []
    if car["condition"] == "new":
        parts.append("New, with the maker's full warranty.")
    elif car["condition"] == "certified":
        parts.append("Checked at 150 points by our own workshop, with a one-year warranty.")
    else:
        parts.append(rng.choice([
            "Imported from %s and inspected before shipment." % origin,
            "One owner in Nairobi, full service record.",
            "Two owners, serviced every 10,000 km.",
            "Company car, always serviced by the dealer.",
            "Locally driven, no accident on record.",
        ]))
        parts.append(rng.choice([
            "A stone chip on the bonnet has been touched up.", "New tyres all round.",
            "Light wear on the driver's seat.", "Front brake pads renewed this year.",
            "A scratch on the rear bumper, priced accordingly.", "Very clean inside.",
            "New battery fitted.", "Second key and handbook present."]))
    if row["range_mi"] not in ("", "0") and car["fuel_type"] == "electric":
        parts.append("About %d km on one charge (EPA)." % round(int(row["range_mi"]) * 1.609344))
    elif row["combined_mpg"] not in ("", "0"):
        parts.append("About %.1f l/100 km (EPA, combined)." % (235.215 / int(row["combined_mpg"])))
    return " ".join(parts)


def main():
    epa_path, wmi_path = sys.argv[1:3]
    with open(epa_path, newline="", encoding="utf-8") as f:
        epa = [r for r in csv.DictReader(f) if 2012 <= int(r["year"]) <= THIS_YEAR and r["drive"]]
    with open(wmi_path, newline="", encoding="utf-8") as f:
        wmis = {r["wmi"]: r for r in csv.DictReader(f)}

    rng = random.Random(20260)
    names = list(COLORS)
    weights = [COLORS[n][1] for n in names]
    cars, costs, serial = [], [], 100200
    for make, base, model, body, wmi, new_price, tier, count, pattern in MODELS:
        if wmi not in wmis or make.upper() not in wmis[wmi]["makes"].upper():
            sys.exit("vPIC does not give %s to %s" % (wmi, make))
        rows = [r for r in epa if r["make"] == make and r["base_model"].lower() == base.lower()
                and (pattern is None or re.search(pattern, r["model"]))]
        if not rows:
            sys.exit("EPA has no %s %s matching %r" % (make, base, pattern))
        years = sorted({int(r["year"]) for r in rows})
        for _ in range(count):
            # Newer years are likelier, as on any forecourt.
            year = rng.choices(years, [1 + 1.5 * (y - 2011) for y in years])[0]
            row = rng.choice([r for r in rows if int(r["year"]) == year])
            age = max(0, THIS_YEAR - year)
            condition = "new" if age <= 1 and rng.random() < 0.7 else \
                "certified" if age <= 5 and rng.random() < 0.35 else "used"
            trim = rng.randrange(3)
            mileage = mileage_of(rng, age, condition)
            serial += rng.randrange(37, 911)
            origin = COUNTRIES.get(wmi[0]) or ("Canada" if wmi[0] == "2" else
                                               "Mexico" if wmi[0] == "3" else "the United States")
            electric = fuel_of(row) == "electric"
            features = list(FEATURES[0])
            level = min(3, tier + (1 if trim else 0) + (1 if year >= 2019 else 0))
            for group in FEATURES[1:level + 1]:
                features += [x for x in group if rng.random() < 0.62 + 0.12 * trim]
            car = {
                "make": make, "model": model, "year": year, "vin": make_vin(rng, wmi, year, serial),
                "color": rng.choices(names, weights)[0], "mileage": mileage, "mileage_unit": "km",
                "body_style": body,
                "transmission": "manual" if row["transmission"].startswith("Manual") else "automatic",
                "fuel_type": fuel_of(row),
                "engine_size": "" if electric or not row["displacement_l"] else row["displacement_l"] + " L",
                "drive_type": drive_of(row), "trim_level": TRIMS[make][trim], "condition": condition,
                "cylinders": "" if electric else row["cylinders"], "doors": DOORS.get(body, 5),
                "features": " | ".join(features),
            }
            worth = price_of(rng, new_price, age, mileage, condition, trim)
            dollars = worth > 5e6 and rng.random() < 0.5
            if dollars:
                price, currency = round(worth / KES_PER_USD / 250) * 250, "USD"
            else:
                price, currency = round(worth / 10000) * 10000, "KES"
            branch = rng.choices(["NBO", "MSA", "KSM"], [62, 26, 12])[0]
            number = 1 + sum(1 for c in cars if c["branch"] == branch)
            car.update({
                "stock_number": "%s-%04d" % (branch, 400 + number), "price": price, "currency": currency,
                "tax_code": "VAT", "availability": "in_transit" if rng.random() < 0.05 else "in_stock",
                "branch": branch, "description": describe(rng, car, row, origin)})
            cars.append(car)
            # VAT is inside the price and a fifth goes to the seller, so less than half pays for the car.
            bought = price * rng.uniform(0.40, 0.52)
            if currency == "KES" and rng.random() < 0.6:
                # Bought abroad in dollars; the rate is the one of that day.
                purchase, purchase_currency = round(bought / KES_PER_USD / 10) * 10, "USD"
            else:
                purchase, purchase_currency = round(bought, -3 if currency == "KES" else -1), currency
            imported = condition != "new"
            value_kes = bought if currency == "KES" else bought * KES_PER_USD
            costs.append({
                "vin": car["vin"], "purchase_cost": int(purchase), "purchase_currency": purchase_currency,
                "rate_to_kes": "%.2f" % (rng.uniform(127, 131) if purchase_currency == "USD" else 1),
                "country_of_origin": origin,
                "transport_fee": int(round(60000 + value_kes * rng.uniform(0.04, 0.08), -3)) if imported else 0,
                "import_duty": int(round(value_kes * rng.uniform(0.06, 0.10), -3)) if imported else 0,
                "import_currency": "KES", "import_days_ago": rng.randrange(40, 420)})

    past = history(rng, cars)
    sold = {sale["vin"]: sale["days_ago"] for sale in past["sales"]}
    for cost in costs:  # what was sold had arrived before
        cost["import_days_ago"] = max(cost["import_days_ago"], sold.get(cost["vin"], 0) + 30)
    write_csv("cars.csv", cars)
    write_csv("costs.csv", costs)
    write_json("colors.json", {name: rgb for name, (rgb, _) in COLORS.items()})
    write_json("history.json", past)
    print("%d cars" % len(cars))


def history(rng, cars):
    """Past sales: old ones paid and delivered, recent ones partly paid."""
    with open(os.path.join(HERE, "users.json"), encoding="utf-8") as f:
        users = json.load(f)
    with open(os.path.join(HERE, "customers.json"), encoding="utf-8") as f:
        customers = json.load(f)
    sellers = {}
    for user in users:
        if user["role"] == "seller":
            sellers.setdefault(user["branch"], []).append(user["username"])
    pool = [c for c in cars if c["availability"] == "in_stock"]
    sold = rng.sample(pool, 25)
    # Each customer belongs to one branch, as the sale will.
    by_branch = {}
    for index, customer in enumerate(customers):
        by_branch.setdefault(customer["branch"], []).append(index)
    sales = []
    for i, car in enumerate(sold):
        days_ago = [2, 3, 5, 6, 8, 11, 13, 16, 20, 24, 29, 34, 41, 48, 55, 63, 72, 84, 97, 113, 130,
                    152, 178, 201, 236][i]
        discount = round(car["price"] * rng.choice([0, 0, 0, 0.01, 0.02, 0.025]), -2)
        total = car["price"] - discount
        plan = "part" if i in (0, 2, 3, 6, 9, 12) else "two" if rng.random() < 0.5 else "one"
        deposit = round(total * rng.choice([0.2, 0.3, 0.4]), -3 if car["currency"] == "KES" else -1)
        amounts = {"one": [total], "two": [deposit, total - deposit], "part": [deposit]}[plan]
        payments = []
        for n, amount in enumerate(amounts):
            method = rng.choice(["bank_transfer", "bank_transfer", "cheque", "finance", "card"])
            if n == 0 and plan != "one":
                method = rng.choice(["mobile_money", "bank_transfer", "cash", "card"])
            payments.append({
                "days_ago": max(0, days_ago - 6 * n), "method": method, "amount": int(amount),
                "reference": "" if method == "cash" else "%s-%05d%d" % (method[:2].upper(), 40000 + i * 91, n),
                "status": "pending" if plan == "two" and n == 1 and i == 4 else "cleared"})
        paid = plan != "part" and all(p["status"] == "cleared" for p in payments)
        sales.append({
            "vin": car["vin"], "customer": rng.choice(by_branch[car["branch"]]),
            "seller": rng.choice(sellers[car["branch"]]), "branch": car["branch"],
            "days_ago": days_ago, "currency": car["currency"], "price": car["price"],
            "discount": int(discount),
            "discount_reason": "" if discount == 0 else rng.choice(
                ["Returning customer", "Pays at once", "End of the quarter"]),
            "installments": 0 if plan != "part" else rng.choice([6, 12]),
            "payments": payments,
            "delivered_days_ago": max(0, days_ago - 9) if paid and days_ago > 10 else None})
    sales.sort(key=lambda s: -s["days_ago"])
    return {"sales": sales}


def write_csv(name, rows):
    with open(os.path.join(HERE, name), "w", newline="", encoding="utf-8") as f:
        writer = csv.DictWriter(f, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_json(name, value):
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as f:
        json.dump(value, f, ensure_ascii=False, indent=1)
        f.write("\n")


if __name__ == "__main__":
    main()
