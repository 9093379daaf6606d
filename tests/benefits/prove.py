#!/usr/bin/env python3
"""Recomputes the demo patients A, A2, B, C, C-cap and D with decimals, from the rule text in docs/benefits.md.

Shares no code with the program: it reads the same input (HIS headers, fee lines, catalogue, people, policy) and works in
yuan with the decimal module. Without arguments it compares every patient with the amounts in its header and exits 1 on the
first difference; `--expected FILE` prints the amounts of one header's patient as JSON, in fen.
"""
import csv
import json
import sys
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "cli" / "demo"
CASES = ["A", "A2", "B", "C", "C-cap", "D"]
ZERO = Decimal(0)
IDENTITY_ORDER = ["特困", "低保", "返贫致贫", "低保边缘"]


def load(path):
    return json.loads(Path(path).read_text(encoding="utf-8"))


def cents(value):
    """Rule 2: half up, away from zero, to the fen."""
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def yuan(fen):
    return Decimal(fen) / 100


def fen(value):
    scaled = value * 100
    assert scaled == scaled.to_integral_value(), value
    return int(scaled)


CATALOGUE = load(DEMO / "catalogue.json")["items"]
PEOPLE = {p["certno"]: p for p in load(DEMO / "people.json")["persons"]}
LEVELS = {i["fixmedins_code"]: "level" + i["level"] for i in load(DEMO / "institutions.json")["institutions"]}
POLICIES = [load(p) for p in sorted((ROOT / "domain" / "policies").glob("demo-*.json"))]


def policy_on(day):
    found = [p for p in POLICIES if p["effectiveFrom"] <= day <= p["effectiveTo"]]
    assert len(found) == 1, day
    policy = found[0]
    # The rules below are written for these readings; another policy needs another proof.
    assert policy["line"]["rounding"] == "halfUp" and policy["fundRounding"]["mode"] == "halfUp"
    assert policy["line"]["order"] == "capThenSelfpay"
    assert policy["versionChosenBy"]["fund"] == "dischargeDate"
    return policy


def item_on(code, day):
    found = [i for i in CATALOGUE if i["med_list_codg"] == code and i["begndate"] <= day <= i["enddate"]]
    assert len(found) <= 1, code
    return found[0] if found else None


def read_lines(folder, header):
    fees = header["fees"]
    text = (folder / fees["file"]).read_bytes().decode(fees["encoding"])
    lines = list(csv.DictReader(text.splitlines()))
    assert len(lines) == fees["lines"], (len(lines), fees["lines"])
    return lines


def split(line, originals):
    """Rules 1, 3, 4, 5. None when the platform refuses the line because its code is unknown."""
    priced = originals[line["init_feedetl_sn"]] if line["init_feedetl_sn"] else line
    item = item_on(line["med_list_codg"], priced["fee_ocur_time"][:10])
    if item is None:
        return None
    count, price = Decimal(line["cnt"]), Decimal(line["pric"])
    det = cents(count * price)
    assert det == Decimal(line["det_item_fee_sumamt"]), line
    if line["init_feedetl_sn"]:
        assert count < 0 and priced["pric"] == line["pric"] and priced["med_list_codg"] == line["med_list_codg"], line
    else:
        assert count > 0, line
    flag = line["hosp_appr_flag"]
    self_paid = item["chrgitm_lv"] == "03" or flag == "2" or (item["limited"] and flag != "1")
    if self_paid:
        return {"det": det, "own": det, "over": ZERO, "pre": ZERO, "scope": ZERO}
    over = ZERO
    if item["cap"] is not None and price > Decimal(item["cap"]):
        over = det - cents(count * Decimal(item["cap"]))
    pre = cents((det - over) * Decimal(item["selfpay_prop"]))
    return {"det": det, "own": ZERO, "over": over, "pre": pre, "scope": det - over - pre}


def check_returned(lines):
    """A return never exceeds its original."""
    left = {l["feedetl_sn"]: Decimal(l["cnt"]) for l in lines if not l["init_feedetl_sn"]}
    for line in lines:
        if line["init_feedetl_sn"]:
            left[line["init_feedetl_sn"]] += Decimal(line["cnt"])
    assert all(rest >= 0 for rest in left.values())


def stretch(start, end, tiers):
    """Cuts start..end by the ends of the tiers; yields (amount, ratio)."""
    low = ZERO
    for limit, ratio in tiers:
        high = end if limit is None else limit
        amount = min(end, high) - max(start, low)
        if amount > 0:
            yield amount, ratio
        if limit is None:
            return
        low = limit


def settle(header, deposits, sums):
    person = PEOPLE[header["patient"]["certno"]]
    insutype = header["patient"]["insutype"]
    day = header["discharge"]["endtime"][:10]
    policy = policy_on(day)
    rules = policy["insurances"][insutype]
    level = LEVELS[header["institution"]]
    insured = [r for r in person["insuinfo"] if r["insutype"] == insutype and r["psn_insu_stas"] == "1"]
    assert len(insured) == 1
    retired = insured[0]["psn_type"][:2] in ("12", "13")
    before = next(a for a in person["accumulators"] if a["insutype"] == insutype and str(a["year"]) == day[:4])
    ytd = {k: yuan(v) for k, v in before.items() if k.endswith("Fen")}
    rows = [r for r in person["idetinfo"] if r["begntime"][:10] <= day and (not r["endtime"] or day <= r["endtime"][:10])]
    held = {policy["aid"]["identityCodes"].get(r["psn_idet_type"]) for r in rows}
    identity = next((name for name in IDENTITY_ORDER if name in held), None)
    scope, pre = sums["scope"], sums["pre"]

    # Rules 7, 8: deductible, halved from the second admission of the year.
    deductible = yuan(rules["deductible"]["fen"][level])
    if before["admissions"] >= 1:
        assert rules["deductible"]["later"]["kind"] == "ratio"
        deductible = cents(deductible * Decimal(rules["deductible"]["later"]["ratio"]))
    deductible = min(deductible, scope)

    # Rules 9 to 12: segments measured with the deductible in the amount, then the cap on fund money.
    assert rules["segments"]["measuredOn"] == "deductibleIncluded" and rules["poolCap"]["measuredOn"] == "fundMoney"
    tiers = []
    for tier in rules["segments"]["tiers"]:
        ratios = tier.get("retired", tier["inService"]) if retired else tier["inService"]
        tiers.append((None if tier["toFen"] is None else yuan(tier["toFen"]), Decimal(ratios[level])))
    uncapped = sum((cents(a * r) for a, r in stretch(deductible, scope, tiers)), ZERO)
    pool = min(uncapped, max(ZERO, yuan(rules["poolCap"]["annualFen"]) - ytd["poolFen"]))

    # Rule 13: 职工大额 on what the cap cut off.
    large = ZERO
    if rules["largeAmount"]:
        room = yuan(rules["largeAmount"]["annualCapFen"]) - ytd["largeFen"]
        large = min(cents((uncapped - pool) * Decimal(rules["largeAmount"]["ratio"])), max(ZERO, room))

    # Rules 14 to 16: 大病 on the burden of the year.
    burden = scope - pool - large
    serious = ZERO
    if rules["seriousIllness"]:
        ill = rules["seriousIllness"]
        favoured = identity in ill["favoured"]["who"]
        side = ill["favoured"] if favoured else ill["normal"]
        plus = Decimal(ill["favoured"]["ratioPlus"]) if favoured else ZERO
        start, end = (max(ZERO, b - yuan(side["deductibleFen"])) for b in (ytd["burdenFen"], ytd["burdenFen"] + burden))
        parts = [(None if t["toFen"] is None else yuan(t["toFen"]), Decimal(t["ratio"]) + plus) for t in ill["tiers"]]
        serious = sum((cents(a * r) for a, r in stretch(start, end, parts)), ZERO)
        if side["annualCapFen"] is not None:
            serious = min(serious, max(ZERO, yuan(side["annualCapFen"]) - ytd["seriousFen"]))

    # Rules 17, 18: aid last.
    left = burden - serious
    aid = ZERO
    entry = policy["aid"]["identities"].get(identity)
    if entry:
        borne = min(left, max(ZERO, yuan(entry["deductibleFen"]) - ytd["aidDeductibleFen"]))
        room = max(ZERO, yuan(policy["aid"]["annualCapFen"]) - ytd["aidFen"])
        aid = min(cents((left - borne) * Decimal(entry["ratio"])), room)
    left -= aid

    # Rule 19: the account pays the in-scope burden and 先自付.
    fund = pool + large + serious + aid
    personal = sums["det"] - fund
    balance = yuan(person["accounts"]["personal"]) if rules["account"] else ZERO
    account = min(balance, left + pre) if header["settlement"]["acct_used_flag"] == "1" else ZERO
    cash = personal - account

    paid = sum((Decimal(d["amount"]) for d in deposits), ZERO)
    applied = min(paid, cash)
    ratio = pool / (scope - deductible) if scope > deductible else ZERO
    setlinfo = {
        "medfee_sumamt": sums["det"], "fulamt_ownpay_amt": sums["own"], "overlmt_selfpay": sums["over"],
        "preselfpay_amt": pre, "inscp_scp_amt": scope, "act_pay_dedc": deductible, "hifp_pay": pool, "cvlserv_pay": ZERO,
        "hifes_pay": ZERO, "hifmi_pay": serious, "hifob_pay": large, "hifdm_pay": ZERO, "maf_pay": aid, "oth_pay": ZERO,
        "fund_pay_sumamt": fund, "psn_part_amt": personal, "acct_pay": account, "acct_mulaid_pay": ZERO,
        "psn_cash_pay": cash, "hosp_part_amt": ZERO, "balc": balance - account,
    }
    funds = [(rules["pool"], pool), (rules["largeAmount"], large), (rules["seriousIllness"], serious), (policy["aid"], aid)]
    return {
        "setlinfo": {
            **{name: fen(value) for name, value in setlinfo.items()},
            "pool_prop_selfpay": str(ratio.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)),
        },
        "setldetail": [
            {"fund_pay_type": rule["fundPayType"], "name": rule["name"], "fund_payamt": fen(amount)}
            for rule, amount in funds if amount > 0
        ],
        "invoice": {"selfPay": fen(left + pre), "ownPay": fen(sums["own"] + sums["over"]), "deductible": fen(deductible)},
        "deposit": {"applied": fen(applied), "refund": fen(paid - applied), "topUp": fen(cash - applied)},
    }


def compute(path):
    folder, header = path.parent, load(path)
    earlier = load(folder / f"{header['continues']}.json") if "continues" in header else None
    deposits = (earlier or header)["deposits"]
    lines = (read_lines(folder, earlier) if earlier else []) + read_lines(folder, header)
    refusable = set(header["fees"]["refused"] + (earlier["fees"]["refused"] if earlier else []))
    assert len({l["feedetl_sn"] for l in lines}) == len(lines)
    check_returned(lines)
    originals = {l["feedetl_sn"]: l for l in lines}
    sums = {"det": ZERO, "own": ZERO, "over": ZERO, "pre": ZERO, "scope": ZERO}
    refused = set()
    for line in lines:
        parts = split(line, originals)
        if parts is None:
            refused.add(line["feedetl_sn"])
            continue
        for name, value in parts.items():
            sums[name] += value
    assert refused == refusable, (refused, refusable)
    assert sums["own"] + sums["over"] + sums["pre"] + sums["scope"] == sums["det"]
    return settle(header, deposits, sums)


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "--expected":
        json.dump(compute(Path(sys.argv[2]).resolve()), sys.stdout, ensure_ascii=False)
        return 0
    wrong = 0
    for case in CASES:
        path = DEMO / "patients" / f"{case}.json"
        computed, expected = compute(path), load(path)["expected"]
        same = computed == expected
        wrong += not same
        amounts = computed["setlinfo"]
        print(
            f"{case:6} {'ok  ' if same else 'DIFF'} total {yuan(amounts['medfee_sumamt']):>10.2f} fund {yuan(amounts['fund_pay_sumamt']):>10.2f}"
            f" account {yuan(amounts['acct_pay']):>9.2f} cash {yuan(amounts['psn_cash_pay']):>10.2f}"
        )
        if not same:
            for part, values in expected.items():
                if computed[part] != values:
                    print(f"  {part}: computed {computed[part]}\n  {part}: expected {values}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
