# What a script of an afternoon makes of FreePBX's records, without any check. The arguments: the records, the file of
# the CRM (or "-"), the output, the encoding of the records, and perhaps "skip" or "only" with a column and its value.
import csv
import re
import sys
from datetime import datetime, timedelta, timezone

MOSCOW = timezone(timedelta(hours=3))
NAMES = "UserId,ClientId,DateTime,StaticCall,PhoneNumber,TalkDuration,HoldDuration,CallMissed"
EXTENSION = re.compile(r"(?:\d{1,6}|\*\d*|s)$")

records, crm, out, encoding, *rule = sys.argv[1:]
known = {}
if crm != "-":
    with open(crm, encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            known[row["PhoneNumber"]] = (row["UserId"], row["ClientID"])

with open(records, encoding=encoding, newline="") as source, open(out, "w", encoding="utf-8", newline="") as target:
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(NAMES.split(","))
    for row in csv.DictReader(source):
        if rule and (row[rule[1]] == rule[2]) == (rule[0] == "skip"):
            continue
        src = row["src"]
        if row["outbound_cnum"] != "" or EXTENSION.match(src):
            continue
        try:
            time = datetime.strptime(row["calldate"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=MOSCOW)
        except ValueError:
            continue
        phone = "+7" + re.sub(r"\D", "", src)[-10:]
        user, client = known.get(phone, ("", ""))
        talk = int(row["billsec"])
        writer.writerow(
            [
                user,
                client,
                int(time.timestamp()),
                "" if client else "1",
                phone,
                talk,
                int(row["duration"]) - talk,
                "0" if row["disposition"] == "ANSWERED" else "1",
            ]
        )
