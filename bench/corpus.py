#!/usr/bin/env python3
"""Deterministic bilingual corpus for comparing static site generators.

    python3 corpus.py --n 250 --out SITES/250 [--flavours kairan,hugo,...] [--seed 1]

Writes one folder for each flavour below --out, all with the same articles, the
same data and templates that do the same work:

    OUT/kairan  OUT/hugo  OUT/eleventy  OUT/zola

N is the number of articles; each is written in Japanese (default language) and
in English, so a site has 2N article pages, besides the pages of 300 hospitals
in both. The text is made here, from the small vocabulary below and a seeded
generator; nothing is copied from anywhere. The same --n and --seed always give
the same bytes.
"""
import argparse
import datetime
import json
import random
import shutil
import struct
import zlib
from pathlib import Path

HERE = Path(__file__).resolve().parent
FLAVOURS = ["kairan", "hugo", "eleventy", "zola"]
LANGS = ["ja", "en"]
BASE = "https://bench.example"
PAGER = 20
N_IMAGES = 24
N_HOSPITALS = 300
N_INDICATORS = 40
N_AREAS = 60
YEARS = list(range(2018, 2026))

# ---------------------------------------------------------------- vocabulary

SECTIONS = [
    ("rinsho", "臨床の現場", "Clinical Floor"),
    ("kenshu", "研修と評価", "Training"),
    ("chiiki", "地域と暮らし", "Community"),
    ("kango", "看護とケア", "Nursing"),
    ("yakuzai", "くすりと安全", "Pharmacy"),
    ("gijutsu", "検査と技術", "Technology"),
]

TOPICS = [
    ("infection-control", "感染対策", "infection control"),
    ("night-duty", "夜間当直", "night duty"),
    ("handover", "申し送り", "patient handover"),
    ("bedside-teaching", "ベッドサイド教育", "bedside teaching"),
    ("simulation", "模擬訓練", "simulation practice"),
    ("home-visit", "訪問診療", "home visits"),
    ("palliative", "緩和ケア", "palliative care"),
    ("triage", "初期トリアージ", "first triage"),
    ("fluid-therapy", "輸液の考え方", "fluid therapy"),
    ("drug-interaction", "薬の飲み合わせ", "drug interactions"),
    ("fall-prevention", "転倒予防", "fall prevention"),
    ("nutrition", "栄養評価", "nutrition review"),
    ("oral-care", "口腔ケア", "oral care"),
    ("ultrasound", "携帯エコー", "pocket ultrasound"),
    ("ecg-reading", "心電図の読み方", "reading the ECG"),
    ("blood-culture", "血液培養", "blood cultures"),
    ("record-keeping", "診療記録", "record keeping"),
    ("team-meeting", "多職種会議", "team meetings"),
    ("dementia", "認知症の理解", "understanding dementia"),
    ("childcare", "小児の診かた", "seeing children"),
    ("rehabilitation", "早期リハビリ", "early rehabilitation"),
    ("discharge", "退院支援", "discharge planning"),
    ("disaster", "災害への備え", "disaster readiness"),
    ("referral", "紹介と逆紹介", "referral letters"),
    ("ethics", "臨床倫理", "clinical ethics"),
    ("feedback", "フィードバック", "giving feedback"),
    ("self-care", "支える側の休息", "rest for carers"),
    ("remote-care", "遠隔診療", "remote care"),
    ("statistics", "数字の読み方", "reading numbers"),
    ("patient-voice", "患者の声", "the voice of patients"),
]

KINDS = [
    ("core", "基幹型の病院", "Core hospital"),
    ("cooperating", "協力型の病院", "Cooperating hospital"),
    ("affiliated", "研修協力施設", "Affiliated facility"),
    ("clinic", "診療所", "Clinic"),
]

PLACES = [
    ("救急外来", "the emergency room"), ("一般病棟", "the general ward"),
    ("訪問診療の車内", "the home-visit car"), ("研修医室", "the room of the residents"),
    ("手術室の前室", "the anteroom of the theatre"), ("検査室", "the laboratory"),
    ("薬剤部の窓口", "the pharmacy counter"), ("地域包括ケア病棟", "the community care ward"),
    ("小児外来", "the outpatient room for children"), ("透析室", "the dialysis unit"),
    ("面談室", "the interview room"), ("ナースステーション", "the nurse station"),
]

PEOPLE = [
    ("初期研修医", "junior residents"), ("指導医", "supervising doctors"),
    ("病棟看護師", "ward nurses"), ("薬剤師", "pharmacists"),
    ("医学生", "medical students"), ("保健師", "public health nurses"),
    ("臨床検査技師", "laboratory technologists"), ("救急救命士", "paramedics"),
    ("理学療法士", "physiotherapists"), ("管理栄養士", "dietitians"),
    ("医療事務の職員", "office staff"), ("総合診療医", "general physicians"),
]

ACTS = [
    ("短い振り返り", "a short debriefing"), ("引き継ぎの練習", "a handover rehearsal"),
    ("症例検討", "a case review"), ("模擬演習", "a simulation drill"),
    ("手順の読み合わせ", "a reading of the procedure"), ("記録の見せ合い", "an exchange of notes"),
    ("声に出す確認", "a spoken check"), ("合同の回診", "a joint ward round"),
    ("十五分の勉強会", "a fifteen-minute study session"), ("一対一の面談", "a one-to-one talk"),
    ("予演会", "a rehearsal"), ("図に描く説明", "an explanation drawn on paper"),
]

EFFECTS = [
    ("迷い", "hesitation"), ("待ち時間", "waiting time"), ("見落とし", "oversights"),
    ("聞き返し", "repeated questions"), ("手戻り", "rework"), ("夜間の呼び出し", "night calls"),
    ("書き写しの誤り", "copying errors"), ("思い込み", "false assumptions"),
    ("言葉の行き違い", "misunderstandings"), ("準備の抜け", "gaps in preparation"),
]

GAINS = [
    ("安心感", "a sense of safety"), ("学びの深さ", "depth of learning"),
    ("連携の速さ", "speed of cooperation"), ("説明のわかりやすさ", "clarity of explanation"),
    ("記録の正確さ", "accuracy of records"), ("判断の根拠", "grounds for decisions"),
    ("質問のしやすさ", "ease of asking"), ("患者との距離の近さ", "closeness to patients"),
]

TIMES = [
    ("毎朝", "every morning"), ("週に一度", "once a week"), ("月末に", "at the end of the month"),
    ("夜勤明けに", "after the night shift"), ("実習の初日に", "on the first day of practice"),
    ("三か月ごとに", "every three months"), ("昼休みの前に", "before the lunch break"),
    ("新年度の始めに", "at the start of the year"),
]

# One (ja, en) pair for each kind of sentence. Slots: P place, H people, T topic,
# A act, E effect, G gain, W when, n a number, m another number.
SENTENCES = [
    ("{P}で働く{H}にとって、{T}は避けて通れない課題である。",
     "For {H} working in {P}, {T} is a task that cannot be avoided."),
    ("この病院では{W}{A}を行い、{E}を減らすことを目標にしている。",
     "This hospital holds {A} {W} and aims to reduce {E}."),
    ("{T}を学び始めたころは、誰もが{E}に悩まされる。",
     "Everyone who starts to learn {T} is troubled by {E} at first."),
    ("{H}と{H2}が同じ机を囲み、{T}について率直に意見を交わした。",
     "The {H} and the {H2} sat at one table and spoke frankly about {T}."),
    ("{n}件の記録を読み返すと、{E}の多くは{P}で生まれていた。",
     "A second look at {n} records showed that most {E} began in {P}."),
    ("最初の{m}週間は手間が増えたが、やがて{G}が目に見えて変わった。",
     "The first {m} weeks meant extra effort, but then {G} changed visibly."),
    ("大切なのは道具の新しさではなく、{A}を続ける仕組みである。",
     "What matters is not new equipment but a way to keep up {A}."),
    ("{H}からは、{G}がこれまでより大きくなったという声が届いている。",
     "The {H} report that {G} is greater than it was before."),
    ("一方で、{P}だけに任せると{E}が別の場所に移るだけだという指摘もある。",
     "On the other hand, leaving it all to {P} may only move {E} elsewhere."),
    ("そこで{W}担当を入れ替え、{H}が全員{T}に触れられるようにした。",
     "The roles are therefore rotated {W} so that all {H} meet {T}."),
    ("表の数字は小さな変化に見えるが、{P}の一日を考えると意味は大きい。",
     "The change in the table looks small, yet it means much for a day in {P}."),
    ("{A}の時間は{m}分と決め、終わりの合図を必ず守ることにした。",
     "The time for {A} was fixed at {m} minutes, and the closing signal is always kept."),
    ("指標が{n}を下回った月には、原因を一つに絞らず三つ挙げてみる。",
     "In a month when the figure falls below {n}, name three causes and not just one."),
    ("{H}の役割をはっきりさせると、{T}の話し合いは驚くほど短くなる。",
     "Once the role of the {H} is clear, talks about {T} become surprisingly short."),
    ("失敗の共有は{H2}の{G}を支え、次の{A}を豊かにする。",
     "Sharing failures supports {G} among the {H2} and enriches the next round of {A}."),
    ("ここで紹介する工夫は、病床が{n}ほどの施設でも無理なく試せる。",
     "The ideas shown here can be tried with ease in a facility of about {n} beds."),
    ("{P}の掲示には、{T}の要点が三行だけで書かれている。",
     "A notice in {P} gives the main points of {T} in only three lines."),
    ("読者の施設でも、まずは{A}を一度だけ試してほしい。",
     "We ask readers to try {A} just once in their own workplace."),
    ("{W}集まる習慣ができると、{E}に早く気づけるようになる。",
     "With a habit of meeting {W}, {E} come to light sooner."),
    ("数字だけでは{G}の変化は伝わらないため、短い感想も合わせて残した。",
     "Numbers alone do not show a change in {G}, so short comments were kept as well."),
    ("{T}の手順は{m}段階に分け、それぞれに確認の印を付けた。",
     "The procedure for {T} was divided into {m} steps, each with a mark of checking."),
    ("若い{H}ほど{E}を口に出しにくく、周囲の声かけが欠かせない。",
     "The younger the {H}, the harder it is to speak of {E}, so others must ask."),
]

H2S = [
    ("背景にあるもの", "What lies behind it"), ("現場で起きていたこと", "What was happening on site"),
    ("取り組みの手順", "Steps of the project"), ("数字で見る変化", "The change in numbers"),
    ("続けるための工夫", "Ways to keep going"), ("ほかの施設で試すなら", "If you try it elsewhere"),
    ("残された課題", "Open questions"), ("担当者に聞く", "Asking the people in charge"),
]
H3S = [
    ("最初の一か月", "The first month"), ("役割の決め方", "How roles were set"),
    ("うまくいかなかった日", "A day that went badly"), ("道具と場所", "Tools and places"),
    ("学生の視点から", "From a student view"), ("評価の方法", "How it was evaluated"),
]
TABLE_ROWS = [
    ("準備", "Preparation"), ("観察", "Observation"), ("説明", "Explanation"),
    ("実施", "Practice"), ("記録", "Recording"), ("共有", "Sharing"),
]

# Names are built from syllable pairs and do not stand for real places.
NAME_A = [("青", "Ao"), ("白", "Shira"), ("朝", "Asa"), ("風", "Kaza"), ("星", "Hoshi"), ("若", "Waka"),
          ("深", "Fuka"), ("月", "Tsuki"), ("花", "Hana"), ("雪", "Yuki"), ("霧", "Kiri"), ("藤", "Fuji")]
NAME_B = [("見原", "mihara"), ("瀬野", "seno"), ("守台", "moridai"), ("葉沢", "hazawa"), ("根浜", "nehama"),
          ("里岡", "satooka"), ("水坂", "mizusaka"), ("羽谷", "hadani")]
AREA_TAIL = ("圏域", "Area")
HOSP_TAIL = [("中央病院", "Central Hospital"), ("総合病院", "General Hospital"), ("記念病院", "Memorial Hospital"),
             ("医療センター", "Medical Center"), ("クリニック", "Clinic")]
IND_A = [("救急搬送", "Ambulance arrivals"), ("在宅看取り", "Care at home at the end of life"),
         ("研修医の定着", "Residents who stay"), ("再入院", "Readmissions"), ("手指衛生の実施", "Hand hygiene"),
         ("転倒の報告", "Reported falls"), ("紹介状の返書", "Replies to referrals"), ("健診の受診", "Checkup visits")]
IND_B = [("（全年齢）", "all ages"), ("（六十五歳以上）", "65 and over"), ("（十五歳未満）", "under 15"),
         ("（平日）", "weekdays"), ("（休日）", "holidays")]
UNITS = [("人口千人あたり", "per 1,000 people"), ("百床あたり", "per 100 beds"), ("割合（％）", "share (%)")]

UI = {
    "site_title": ("まなびの回診", "Rounds of Learning"),
    "site_intro": ("病院と地域をめぐり、学びの現場を伝える小さな雑誌です。",
                   "A small zine that walks the wards and the towns and reports where learning happens."),
    "latest": ("新しい記事", "Latest articles"), "tags": ("タグ", "Tags"), "toc": ("目次", "Contents"),
    "facts": ("この病院について", "About this hospital"), "f_name": ("病院名", "Name"),
    "f_area": ("地域", "Area"), "f_kind": ("種別", "Kind"), "f_beds": ("病床数", "Beds"),
    "f_places": ("研修医の定員", "Places for trainees"), "year": ("年", "Year"), "older": ("前の記事", "Older"),
    "newer": ("次の記事", "Newer"), "prev_page": ("前のページ", "Previous page"),
    "next_page": ("次のページ", "Next page"), "switch": ("English", "日本語"),
    "articles": ("本", "articles"),
    "footer": ("本誌の記事と数値はすべて性能測定のために作られた架空のものです。",
               "Every article and figure here is invented for performance measurements."),
}


def pick(rng, seq, lang):
    return rng.choice(seq)[lang]


class Slots(dict):
    """The words of one sentence, the same for both languages."""

    def __init__(self, rng, topic):
        h, h2 = rng.sample(PEOPLE, 2)
        super().__init__(P=rng.choice(PLACES), H=h, H2=h2, T=topic, A=rng.choice(ACTS), E=rng.choice(EFFECTS),
                         G=rng.choice(GAINS), W=rng.choice(TIMES), n=rng.randint(24, 480), m=rng.randint(2, 12))

    def fill(self, text, lang):
        return text.format(**{k: (v if isinstance(v, int) else v[lang]) for k, v in self.items()})


def paragraph(rng, topic, size):
    """(ja, en) of one paragraph with `size` different sentences."""
    ja, en = [], []
    for s in rng.sample(SENTENCES, size):
        slots = Slots(rng, topic)
        ja.append(slots.fill(s[0], 0))
        en.append(slots.fill(s[1], 1))
    return ["".join(ja), " ".join(e[0].upper() + e[1:] for e in en)]


# ---------------------------------------------------------------- site model

class Model:
    def __init__(self, n, seed):
        self.n = n
        self.seed = seed
        rng = random.Random(f"{seed}:data")
        names = [(a[0] + b[0], a[1] + b[1]) for a in NAME_A for b in NAME_B]
        rng.shuffle(names)
        self.areas = {f"a{i + 1:02d}": (names[i][0] + AREA_TAIL[0], f"{names[i][1]} {AREA_TAIL[1]}")
                      for i in range(N_AREAS)}
        self.hospitals = {}
        for i in range(N_HOSPITALS):
            nm, tail = names[i % len(names)], HOSP_TAIL[(i // len(names)) % len(HOSP_TAIL)]
            self.hospitals[f"h{i + 1:03d}"] = {
                "ja": nm[0] + tail[0], "en": f"{nm[1]} {tail[1]}",
                "area": f"a{rng.randint(1, N_AREAS):02d}", "beds": rng.randint(19, 780),
                "kind": rng.choice(KINDS)[0], "places": rng.randint(1, 24)}
        self.indicators = {}
        for i in range(N_INDICATORS):
            a, b = IND_A[i % len(IND_A)], IND_B[i // len(IND_A)]
            unit = UNITS[i % len(UNITS)]
            values = {}
            for area in self.areas:
                v, row = rng.uniform(20, 70), []
                for _ in YEARS:
                    v = max(5.0, min(95.0, v + rng.uniform(-6, 7)))
                    # one decimal that is never zero, so every tool prints it the same way
                    row.append(int(v) + rng.randint(1, 9) / 10)
                if max(row) - min(row) < 1:
                    row[0] += 3
                values[area] = [round(x, 1) for x in row]
            self.indicators[f"ind{i + 1:02d}"] = {"name": (a[0] + b[0], f"{a[1]} ({b[1]})"),
                                                  "unit": unit, "values": values}
        self.articles = [self.article_meta(i) for i in range(n)]

    def article_meta(self, i):
        rng = random.Random(f"{self.seed}:meta:{i}")
        # Up to 3,600 articles have days of their own; beyond that, order within a day is each tool's own.
        day = datetime.date(2016, 1, 4) + datetime.timedelta(days=3600 * i // self.n)
        topics = rng.sample(TOPICS, 3)
        hospital = rng.choice(sorted(self.hospitals))
        h = self.hospitals[hospital]
        place, months = rng.choice(PLACES), rng.randint(2, 36)
        t = topics[0]
        return {
            "id": f"a{i + 1:05d}", "section": rng.choice(SECTIONS)[0],
            "date": day.isoformat(),
            "topics": topics, "tags": [t[0] for t in topics], "hospital": hospital,
            "indicator": f"ind{rng.randint(1, N_INDICATORS):02d}",
            "title": (f"{place[0]}から考える{t[1]}：{h['ja']}の{months}か月",
                      f"{t[2][0].upper() + t[2][1:]} seen from {place[1]}: {months} months at {h['en']}"),
            "description": tuple(x for x in paragraph(rng, (t[1], t[2]), 1)),
        }

    def path(self, meta, li):
        return ("/en" if li else "") + f"/{meta['section']}/{meta['id']}/"

    def body(self, i):
        """Markdown of article i: [ja, en], the same structure in both."""
        m = self.articles[i]
        rng = random.Random(f"{self.seed}:body:{i}")
        t = [(x[1], x[2]) for x in m["topics"]]
        h2 = rng.sample(H2S, 4)
        h3 = rng.sample(H3S, 2)
        paras = [paragraph(rng, t[k % 3], k2) for k, k2 in enumerate([4, 4, 3, 4, 3, 4, 3])]
        others = [self.articles[rng.randrange(self.n)] for _ in range(3)]
        img = rng.randint(1, N_IMAGES)
        items = [Slots(rng, t[0]) for _ in range(4)]
        steps = [Slots(rng, t[1]) for _ in range(3)]
        quote = paragraph(rng, t[2], 2)
        note = paragraph(rng, t[1], 1)
        rows = [(r, rng.randint(10, 99), rng.randint(10, 99)) for r in rng.sample(TABLE_ROWS, 4)]
        place, act = rng.choice(PLACES), rng.choice(ACTS)
        out = []
        for li in (0, 1):
            sp = " " if li else ""
            p = [x[li] for x in paras]
            link = [f"[{o['title'][li]}]({self.path(o, li)})" for o in others]
            see = "See also {}." if li else "あわせて{}も読んでほしい。"
            strong = (f" The key word is **{t[0][1]}**, and the place is *{place[1]}*." if li else
                      f"鍵になるのは**{t[0][0]}**であり、舞台は*{place[0]}*である。")
            li_t = ("{H} and {H2} agree on {A}" if li else "{H}と{H2}が{A}を申し合わせる")
            st_t = ("{W}, look for {E} in {P}" if li else "{W}{P}で{E}を探す")
            cap = "Figure" if li else "図"
            head = ["Item", "Before", "After"] if li else ["項目", "開始前", "開始後"]
            lines = [
                p[0] + strong, "",
                f"![{cap} {img}: {t[0][li]}](/img/fig{img:02d}.png)", "",
                f"## {h2[0][li]}", "", p[1] + sp + see.format(link[0]), ""]
            lines += ["- " + s.fill(li_t, li) for s in items]
            lines += ["", f"## {h2[1][li]}", "", f"### {h3[0][li]}", "", p[2], "",
                      f"> {quote[li]}", "", f"### {h3[1][li]}", "", p[3] + "[^1]", "",
                      f"## {h2[2][li]}", "", p[4], "",
                      "| " + " | ".join(head) + " |", "| :--- | ---: | ---: |"]
            lines += [f"| {r[li]} | {x} | {y} |" for r, x, y in rows]
            lines += ["", p[5], ""]
            lines += [f"{k}. " + s.fill(st_t, li) for k, s in enumerate(steps, 1)]
            lines += ["", f"## {h2[3][li]}", "", p[6] + sp + see.format(link[1]) + sp + see.format(link[2]), "",
                      f"[^1]: {note[li]}", ""]
            out.append("\n".join(lines))
        return out


# ------------------------------------------------------------------- writers

def q(s):
    return json.dumps(s, ensure_ascii=False)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def png(seed):
    """A small PNG made here: coloured bands with a diagonal."""
    rng = random.Random(f"png:{seed}")
    w, h = 96, 60
    cols = [tuple(rng.randint(60, 230) for _ in range(3)) for _ in range(4)]
    raw = bytearray()
    for y in range(h):
        raw.append(0)
        for x in range(w):
            c = cols[(x // 12 + y // 15 + (1 if (x * 5 + y * 3) % 17 < 4 else 0)) % 4]
            raw += bytes(c)

    def chunk(tag, data):
        return struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(bytes(raw), 9)) + chunk(b"IEND", b""))


def write_static(dest):
    (dest / "img").mkdir(parents=True, exist_ok=True)
    for i in range(1, N_IMAGES + 1):
        (dest / "img" / f"fig{i:02d}.png").write_bytes(png(i))


def write_style(dest):
    write(dest / "css" / "site.css", (HERE / "flavours" / "site.css").read_text(encoding="utf-8"))


def write_data(dest, model):
    """hospitals.yaml, areas.yaml and one file for each indicator."""
    write(dest / "hospitals.yaml", "".join(
        f"{k}:\n  ja: {q(h['ja'])}\n  en: {q(h['en'])}\n  area: {h['area']}\n  beds: {h['beds']}\n"
        f"  kind: {h['kind']}\n  places: {h['places']}\n" for k, h in model.hospitals.items()))
    write(dest / "areas.yaml", "".join(f"{k}:\n  ja: {q(a[0])}\n  en: {q(a[1])}\n" for k, a in model.areas.items()))
    for k, ind in model.indicators.items():
        write(dest / "indicators" / f"{k}.yaml",
              f"name:\n  ja: {q(ind['name'][0])}\n  en: {q(ind['name'][1])}\n"
              f"unit:\n  ja: {q(ind['unit'][0])}\n  en: {q(ind['unit'][1])}\n"
              f"years: {YEARS}\nvalues:\n" + "".join(f"  {a}: {v}\n" for a, v in ind["values"].items()))


def labels(li):
    """Every short text of the templates, in one language: UI, sections, tags, kinds."""
    out = {k: v[li] for k, v in UI.items()}
    out.update({f"section_{s[0]}": s[1 + li] for s in SECTIONS})
    out.update({f"tag_{t[0]}": (t[1], t[2][0].upper() + t[2][1:])[li] for t in TOPICS})
    out.update({f"kind_{k[0]}": k[1 + li] for k in KINDS})
    return out


def copy_flavour(name, dest):
    src = HERE / "flavours" / name
    if src.is_dir():
        shutil.copytree(src, dest, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))


def suffix(li):
    return ".en.md" if li else ".md"


def gen_hugo(m, dest):
    for li, lang in enumerate(LANGS):
        write(dest / "i18n" / f"{lang}.yaml", "".join(f"{k}: {q(v)}\n" for k, v in labels(li).items()))
        write(dest / "content" / f"_index{suffix(li)}", f"---\ntitle: {q(UI['site_title'][li])}\n---\n")
        for s in SECTIONS:
            write(dest / "content" / s[0] / f"_index{suffix(li)}", f"---\ntitle: {q(s[1 + li])}\n---\n")
    write_data(dest / "data", m)
    write_static(dest / "static")
    write_style(dest / "static")

    def fm(a, li):
        return (f"---\ntitle: {q(a['title'][li])}\ndescription: {q(a['description'][li])}\ndate: {a['date']}\n"
                f"tags: [{', '.join(a['tags'])}]\nparams:\n  hospital: {a['hospital']}\n"
                f"  indicator: {a['indicator']}\n---\n\n")
    return dest / "content", fm


def gen_zola(m, dest):
    tr = ["".join(f"{k} = {q(v)}\n" for k, v in labels(li).items()) for li in (0, 1)]
    conf = (dest / "zola.toml.in").read_text(encoding="utf-8")
    (dest / "zola.toml.in").unlink()
    write(dest / "config.toml", conf.replace("@TRANSLATIONS_JA@", tr[0]).replace("@TRANSLATIONS_EN@", tr[1])
          .replace("@TITLE_JA@", UI["site_title"][0]).replace("@TITLE_EN@", UI["site_title"][1]))
    for li in (0, 1):
        write(dest / "content" / f"_index{suffix(li)}",
              f"---\ntitle: {q(UI['site_title'][li])}\nsort_by: date\n---\n")
        for s in SECTIONS:
            write(dest / "content" / s[0] / f"_index{suffix(li)}",
                  f"---\ntitle: {q(s[1 + li])}\nsort_by: date\npaginate_by: {PAGER}\n---\n")
        # Zola makes no pages from data: a page of front matter stands for each hospital.
        write(dest / "content" / "hospitals" / f"_index{suffix(li)}", "---\nrender: false\npage_template: hospital.html\n---\n")
        for key, h in m.hospitals.items():
            write(dest / "content" / "hospitals" / f"{key}{suffix(li)}",
                  f"---\ntitle: {q(h[LANGS[li]])}\nextra:\n  hospital: {key}\n---\n")
    write_data(dest / "content" / "data", m)  # below content/, so that `zola serve` watches it
    write_static(dest / "static")
    write_style(dest / "static")

    def fm(a, li):
        return (f"---\ntitle: {q(a['title'][li])}\ndescription: {q(a['description'][li])}\ndate: {a['date']}\n"
                f"taxonomies:\n  tags: [{', '.join(a['tags'])}]\nextra:\n  hospital: {a['hospital']}\n"
                f"  indicator: {a['indicator']}\n---\n\n")
    return dest / "content", fm


def gen_eleventy(m, dest):
    write(dest / "src" / "_data" / "i18n.json", json.dumps(
        {"ja": labels(0), "en": labels(1)}, ensure_ascii=False, indent=1))
    write(dest / "src" / "_data" / "sections.json", json.dumps([s[0] for s in SECTIONS]))
    write_data(dest / "src" / "_data", m)
    write_static(dest / "static")
    write_style(dest / "static")

    def fm(a, li):
        return (f"---\ntitle: {q(a['title'][li])}\ndescription: {q(a['description'][li])}\ndate: {a['date']}\n"
                f"tags: [{', '.join(a['tags'])}]\nhospital: {a['hospital']}\nindicator: {a['indicator']}\n"
                f"lang: {LANGS[li]}\nsection: {a['section']}\nkey: {a['id']}\n"
                f"permalink: {m.path(a, li)}\n---\n\n")
    return dest / "src" / "content", fm


def pair(ja, en):
    return f"{{ja: {q(ja)}, en: {q(en)}}}"


def gen_kairan(m, dest):
    """Kairan has areas, hospitals and indicators of its own: the same figures, in its formats."""
    for li, lang in enumerate(LANGS):
        words = {k.replace("_", "-"): v for k, v in labels(li).items()}
        write(dest / "themes" / "bench" / "locales" / f"{lang}.ftl", "".join(f"{k} = {v}\n" for k, v in words.items()))
        write(dest / "content" / f"_index{suffix(li)}", f"---\ntitle: {q(UI['site_title'][li])}\n---\n")
        for s in SECTIONS:
            write(dest / "content" / s[0] / f"_index{suffix(li)}", f"---\ntitle: {q(s[1 + li])}\n---\n")
    data = dest / "content" / "data"
    write(data / "areas.yaml", "areas:\n" + "".join(
        f"  - {{id: {k}, name: {pair(*a)}, kind: district}}\n" for k, a in m.areas.items()))
    write(data / "hospitals.yaml", "hospitals:\n" + "".join(
        f"  - {{id: {k}, name: {pair(h['ja'], h['en'])}, kind: {h['kind']}, area: {h['area']}, beds: {h['beds']}, "
        f"trainee_places: {h['places']}}}\n" for k, h in m.hospitals.items()))
    for k, ind in m.indicators.items():
        write(data / "indicators" / f"{k}.yaml",
              f"indicators:\n  - id: {k}\n    name: {pair(*ind['name'])}\n    unit: {pair(*ind['unit'])}\n"
              f"    source: {pair(*UI['footer'])}\n    as_of: {YEARS[-1]}-12-31\n    over: areas\n    periods: {YEARS}\n"
              "    values:\n" + "".join(f"      {a}: {v}\n" for a, v in ind["values"].items()))
    write_static(dest / "static")
    write_style(dest / "themes" / "bench" / "static")  # a theme brings its own styles

    def fm(a, li):
        return (f"---\ntitle: {q(a['title'][li])}\ndescription: {q(a['description'][li])}\ndate: {a['date']}\n"
                f"tags: [{', '.join(a['tags'])}]\nhospitals: [{a['hospital']}]\n---\n\n")

    def end(a, li):
        # What the others' templates look up in the data for each article is written in the article here.
        area = m.hospitals[a["hospital"]]["area"]
        return (f"\n```hospital\nid: {a['hospital']}\n```\n\n"
                f"```panel\nkind: trend\nindicator: {a['indicator']}\nareas: [{area}]\n```\n")
    fm.end = end
    return dest / "content", fm


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--n", type=int, required=True, help="articles (each in two languages)")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--flavours", default=",".join(FLAVOURS))
    ap.add_argument("--seed", type=int, default=1)
    a = ap.parse_args()
    model = Model(a.n, a.seed)
    targets = []
    for name in a.flavours.split(","):
        dest = a.out / name
        if dest.exists():
            shutil.rmtree(dest)
        dest.mkdir(parents=True)
        copy_flavour(name, dest)
        targets.append(globals()[f"gen_{name}"](model, dest))
    chars = [0, 0]
    for content, _ in targets:
        for s in SECTIONS:
            (content / s[0]).mkdir(parents=True, exist_ok=True)
    for i, meta in enumerate(model.articles):
        bodies = model.body(i)
        for li in (0, 1):
            chars[li] += len(bodies[li])
            for content, fm in targets:
                (content / meta["section"] / (meta["id"] + suffix(li))).write_text(
                    fm(meta, li) + bodies[li] + (fm.end(meta, li) if hasattr(fm, "end") else ""), encoding="utf-8")
    print(f"{a.n} articles x 2 languages for {a.flavours}; mean body {chars[0] // a.n} ja chars, {chars[1] // a.n} en chars")


if __name__ == "__main__":
    main()
