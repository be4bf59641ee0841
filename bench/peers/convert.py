# What a script of an afternoon makes of the export, without any check: argv[1] in, argv[2] out.
import csv
import re
import sys
from datetime import datetime, timedelta, timezone

MOSCOW = timezone(timedelta(hours=3))
NAMES = "ClientId,DateTime,Price,Currency,PhoneNumber,TalkDuration,HoldDuration,CallMissed,Tag"

with open(sys.argv[1], encoding="utf-8", newline="") as source, open(
    sys.argv[2], "w", encoding="utf-8", newline=""
) as target:
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(NAMES.split(","))
    for row in csv.DictReader(source, delimiter=";"):
        time = datetime.strptime(row["Дата звонка"], "%d.%m.%Y %H:%M:%S").replace(tzinfo=MOSCOW)
        hours, minutes, seconds = row["Длительность"].split(":")
        writer.writerow(
            [
                row["ClientID"],
                int(time.timestamp()),
                row["Сумма"].replace(",", "."),
                "RUB",
                "+7" + re.sub(r"\D", "", row["Телефон"])[-10:],
                int(hours) * 3600 + int(minutes) * 60 + int(seconds),
                row["Ожидание"],
                "1" if row["Пропущен"] == "да" else "0",
                row["Метка"],
            ]
        )
