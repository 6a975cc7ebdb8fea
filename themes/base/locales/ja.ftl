### 画面の言葉（日本語）。`名前 = 文` の形で書き、{$値} には Kairan が値を入れます。
### en.ftl と同じ名前、同じ値でそろえます。数と日付は、日本語の書き方に直したものが入ります。

## ページの枠

skip-to-content = 本文へ進む
main-navigation = 主なページ
footer-navigation = フッターのページ
breadcrumb = 現在地
home = ホーム
menu = メニュー
made-with = Kairanで作成しています
publisher = 発行
contact = お問い合わせ
feed = 更新情報（フィード）
print = 印刷する

## 言語

language-switcher = 言語を選ぶ
# 一覧で、訳のない記事に付ける。{$language} は下の言語の名前。
stale-translation = 原文が更新されました。この訳には、まだ反映していない内容があります。
stale-translation-link = {$language}の原文を読む
language-ja = 日本語
language-ja-easy = やさしい日本語
language-en = 英語
language-pt = ポルトガル語
language-pt-br = ポルトガル語（ブラジル）
language-vi = ベトナム語
language-zh = 中国語
language-zh-hans = 中国語（簡体字）
language-zh-hant = 中国語（繁体字）
language-ko = 韓国語
language-es = スペイン語
language-fr = フランス語
language-de = ドイツ語
language-id = インドネシア語
language-ne = ネパール語
language-tl = タガログ語
language-th = タイ語
language-uk = ウクライナ語

## 記事

table-of-contents = 目次
reading-minutes = 約{$minutes}分で読めます
published = 公開日
updated = 更新日
authors = 文
credit = 画像：{$credit}
tags = タグ
series = 連載
draft = 下書き
read-more = 続きを読む
footnotes = 脚注
footnote-reference = 脚注{$number}
footnote-back = 本文（脚注{$number}）へ戻る
question = 問
answer = 答
profile = 紹介
gallery = 画像

## 囲み

alert-note = 補足
alert-tip = ヒント
alert-important = 重要
alert-warning = 注意
alert-caution = 警告

## 記事の種類

kind-feature = 特集
kind-interview = インタビュー
kind-session = 勉強会
kind-programme = プログラム
kind-news = お知らせ
kind-report = レポート
kind-page = ページ

## 一覧

all-pages = すべての記事
related = 関連する記事
pages-count = {$count}件
no-pages = まだ記事がありません。
tag-title = 「{$tag}」の記事
neighbours = 前後の記事
previous-article = 前の記事
next-article = 次の記事
pagination = ページ送り
page-number = {$number}ページ
page-of = {$count}ページ中{$number}ページ
previous-page = 前のページ
next-page = 次のページ

## ポータルの見出し

home-news = お知らせ
home-programmes = 研修プログラム
home-reports = レポート

## 検索


## 病院

hospitals = 病院の一覧
hospitals-in-area = {$area}の病院
hospitals-count = {$count}施設
hospital-figures = 病院の数字
hospital-kind-core = 基幹型臨床研修病院
hospital-kind-cooperating = 協力型臨床研修病院
hospital-kind-affiliated = 臨床研修協力施設
hospital-kind-hospital = 病院
hospital-kind-clinic = 診療所
hospital-area = 圏域
hospital-other-areas = そのほかの圏域
hospital-address = 所在地
hospital-beds = 病床
hospital-beds-count = {$count}床
hospital-departments = 診療科
hospital-trainee-places = 研修医の定員
hospital-trainee-places-count = {$count}人
hospital-visit = 見学
hospital-phone = 電話
hospital-email = メール
hospital-website = ウェブサイト

## 地域の種類

area-kind-country = 国
area-kind-region = 地方
area-kind-prefecture = 都道府県
area-kind-secondary-medical-area = 二次医療圏
area-kind-perinatal-medical-area = 周産期医療圏
area-kind-county = 郡
area-kind-municipality = 市町村
area-kind-district = 地区
area-kind-group = 区分

## 地域、行事、人物、用語

area-above = 属する地域
area-parts = 含まれる地域
area-code = コード
area-figures = 地域の数字
events = 行事
events-coming = これからの行事
events-past = 終わった行事
no-events = いまのところ予定はありません。
event-kind-session = 勉強会
event-kind-briefing = 説明会
event-kind-visit = 見学
event-kind-deadline = 締め切り
event-status-planned = 予定どおり
event-status-changed = 変更あり
event-status-cancelled = 中止
event-over = 終了
event-more = 詳細・申し込み
event-place = 場所
event-people = 講師
event-capacity = 定員
event-capacity-count = {$count}人
person-affiliation = 所属
no-terms = まだ用語がありません。

## 期限を過ぎたもの

page-expired = このページの内容は{$date}まで有効でした。いまは当てはまらないことがあります。
page-due = このページは{$date}までに更新する予定でした。内容が古くなっていることがあります。
note-expired = この数値は{$date}まで有効でした。
note-due = この数値は{$date}までに更新される予定でした。

## 図表の枠

figure-number = 図{$number}
table-number = 表{$number}
formula-number = 式{$number}
# 番号と題名。番号は上の3つのどれか。
numbered-title = {$number}　{$title}
source = 出典
note = 注
as-of = {$date}現在
# 文の後に添える時点。
as-of-aside = （{$date}現在）
source-as-of = {$source}（{$date}現在）
unit = 単位
unit-of = 単位：{$unit}
show-data = データを表で見る
download-csv = CSV（{$size}）
size-kilobytes = {$count}KB
size-megabytes = {$count}MB
sample-person = 見本の人物
sample-hospital = 見本の病院
sample-note = 「見本」とある人物、施設、数値は架空のものです。

## 図表の文
## 値には単位が付いています（value-with-unit）。日付と年は、日本語の書き方に直したものが入ります。

value-with-unit = {$value}{$unit}
text-with-unit = {$text}（{$unit}）
period-range = {$from}〜{$to}
area-and-period = {$area}・{$period}
trend-title = {$indicator}の推移
trend-alternative = {$indicator}の推移を示す折れ線グラフ。{$sentences}
trend-rose = {$area}は{$from-period}の{$from-value}から{$to-period}の{$to-value}へ増加。
trend-fell = {$area}は{$from-period}の{$from-value}から{$to-period}の{$to-value}へ減少。
trend-unchanged = {$area}は{$from-period}と{$to-period}がともに{$to-value}。
trend-single = {$area}は{$value}（{$period}）。
trend-no-values = {$area}の値はありません。
axis-starts-at = 縦軸は{$value}から始まります。
# 文を続ける。日本語では間をあけない。
join-sentences = {$first}{$second}
highest = 最大
lowest = 最小
highlighted = 注目する地域
rank = {$rank}位
rank-of = {$count}のうち{$rank}位

## 表の見出しと値

column-area = 地域
column-hospital = 病院
column-item = 項目
column-period = 時点
column-value = 値
change = 増減
rate-of-change = 増減率
value-not-applicable = 該当なし
value-not-available = データなし
value-suppressed = 非公表
value-legend = —は該当なし、…はデータなし、{$suppressed}は非公表。

## ページが見つからないとき

not-found-title = ページが見つかりません
not-found-text = お探しのページは、移動したか、なくなった可能性があります。アドレスに誤りがないか、お確かめください。
not-found-home = ホームへ戻る

## 誌面

# ブラウザのタブや検索結果に出る題
title-of-part = {$title}（{$number}ページ目）
title-with-site = {$title}｜{$site}
og-locale = ja_JP
list-separator = 、
key-findings = 要点
related-hospitals = この記事の病院
session-date = 日にち
timetable = 当日の流れ
vertical-text = 縦書きの文章
sample = 見本

## Panels
## 題名のないパネルの題名になる文と、データから書く注。

finding-rose = {$area}は{$span}{$change}増
finding-fell = {$area}は{$span}{$change}減
finding-unchanged = {$area}は{$span}変わらず
finding-single = {$area}は{$value}（{$period}）
finding-value = {$label}は{$value}
finding-highest = 最も大きいのは{$area}の{$value}
span-years = {$count}年で
span-between = {$from}から{$to}までに
change-points = {$value}ポイント
kpi-sentence = {$label}は{$value}。
note-estimated-dots = 白抜きの点は推計値です。
note-broken = {$period}から数え方が変わったため、前の値とは比べられません。
value-estimated = 推計
value-revised = 改定
value-broken = 数え方を変更
dataset-indicator = 指標
dataset-id = ID
dataset-code = コード
dataset-note = 備考

## 原資料の食い違いの一覧

discrepancy-figure = {$indicator} {$area}（{$period}）
discrepancy-printed = 印刷された値
discrepancy-expected = 検算の結果
discrepancy-difference = 差
discrepancy-cause = 考えられる原因
discrepancy-reason = そのままにしている理由
no-discrepancies = 知られている食い違いはありません。

## Panels: tables and stacks
## 流れの表、年度表、積み上げ、性・年齢別。

flow-corner = から＼へ
flow-residents = 住む人の合計
flow-received = 受け入れた合計
flow-in = 流入
flow-out = 流出
flow-net = 差引き
flow-coefficient = 調整係数
shade-below = {$to}未満
shade-between = {$from}以上{$to}未満
shade-from = {$from}以上
matrix-shades = 住む人の合計に占める割合
matrix-note = 色は住む人の合計に占める割合、太枠は自分の地域にとどまる分です。差引きは流入から流出を引いた値、調整係数は受け入れた合計を住む人の合計で割った値です。
matrix-note-hidden = 合計には、ここに示していない地域の分も含まれます。
finding-inflow = {$area}は流入が流出を{$value}上回る
finding-outflow = {$area}は流出が流入を{$value}上回る
finding-even = {$area}は流入と流出が同じ
finding-outflow-areas = {$areas}は流出が流入を上回る
finding-outflow-count = {$all}地域のうち{$count}地域で流出が流入を上回る
matrix-sentence = {$area}は自地域{$own}、流出{$out}、流入{$in}、調整係数{$coefficient}。
matrix-alternative = {$name}を地域から地域への数で示す表。{$sentences}
dataset-from-id = 元のID
dataset-from-code = 元のコード
dataset-from = 元の地域
dataset-to-id = 先のID
dataset-to-code = 先のコード
dataset-to = 先の地域
timeline-state = 該当
timeline-name = 名前
timeline-group = 組
timeline-mark = 印
timeline-nobody = なし
timeline-total = 計（{$unit}）
timeline-first = 始まり
timeline-continued = 継続
timeline-last = 終わり
timeline-only = この期だけ
timeline-of-group = {$group}の{$state}
timeline-count = {$period}は{$count}
timeline-alternative = {$name}を期ごとに示す表。{$state}は、{$counts}。
finding-timeline = {$state}は{$from-period}の{$from}から{$to-period}の{$to}へ
finding-timeline-same = {$state}は{$from-period}も{$to-period}も{$to}
status-actual = 実績
status-target = 目標
status-required = 必要数
stack-total = 合計
stack-share-of = {$name}の割合
stack-part = {$name}{$value}
stack-sentence = {$label}は合計{$total}、内訳は{$parts}。
stack-alternative = {$name}の内訳を示す積み上げグラフ。{$sentences}
stack-note-hatched = 斜線は実績でない値です。
stack-note-share = 四捨五入のため、割合の合計が100％にならないことがあります。
stack-note-missing = 値の欠けた柱は、分かる分だけの高さです。
finding-stack-course = {$name}は{$from-label}の{$from}から{$to-label}の{$to}へ
finding-stack-same = {$name}は{$from-label}も{$to-label}も{$to}
finding-stack-single = {$name}は{$to}（{$to-label}）
finding-stack-largest = {$label}で最も大きいのは{$name}の{$value}
finding-stack-highest = 合計が最も大きいのは{$area}の{$value}
pyramid-class = 階級
pyramid-group = 区分
pyramid-sentence = {$group}は計{$total}で、最も多いのは{$classes}の{$most}。
pyramid-alternative = {$name}を左右に分けて示す棒グラフ。{$sentences}
finding-pyramid = {$group}は全体の{$value}

# Rotation plans
rotation-range = {$from}〜{$to}
rotation-weeks = {$count}週
rotation-months = {$count}か月
rotation-unit-weeks = 週
rotation-unit-months = か月
rotation-required = 必修
rotation-choice-required = 選択必修
rotation-elective = 選択
rotation-parallel = 並行
rotation-half-days = 半日×{$count}回
rotation-track = {$department}（{$track}）
rotation-year = {$year}年次
rotation-when-weeks = {$from}〜{$to}週
rotation-when-week = {$from}週
rotation-when-months = {$from}〜{$to}か月目
rotation-when-month = {$from}か月目
rotation-tick-week = {$number}週
rotation-tick-month = {$number}か月
rotation-month = {$month}月
rotation-day = {$month}{$day}日
rotation-days = {$from}〜{$to}
rotation-group-internal = 内科
rotation-group-emergency = 救急・麻酔
rotation-group-surgical = 外科・小児科・産婦人科・精神科
rotation-group-community = 地域医療・一般外来・総合診療
rotation-group-other = そのほか・自由選択
rotation-of-course = {$course}{$amount}
rotation-finding-electives = 選択の期間は、{$courses}
rotation-compared = {$field}は、{$courses}
rotation-sentence = {$year}は、{$blocks}。
rotation-course-sentence = {$course}。{$years}
rotation-sample = これは見本で、実在のプログラムではありません。
rotation-inferred = {$course}の推定：{$text}
rotation-totals-subtitle = {$name}・分野ごとの期間
rotation-totals-ranges = 期間に幅のある研修は、図に描いた長さで数えています。
rotation-rules-subtitle = {$name}・基準との照らし合わせ
rotation-finding-rules = {$all}項目のうち満たすのは、{$courses}
rotation-rule-count = {$count}項目
rotation-advised = {$asked}（勧め）
rotation-partly-inferred = 週数の一部は推定です。
rotation-rule-note = {$rule}：{$note}
rotation-at-least = {$amount}以上
rotation-at-most = {$amount}以下
rotation-desirable = {$amount}以上が望ましい
rotation-in-year = {$year}年次に
rotation-also = {$department}は{$amount}まで数える
rotation-verdict = {$verdict}（{$given}）
rotation-verdict-holds = ○ 満たす
rotation-verdict-can-hold = △ 選び方による
rotation-verdict-below = ○ 最低限は満たす
rotation-verdict-not-followed = △ 勧めに届かない
rotation-verdict-unstated = － 計画に書かれていない
rotation-verdict-fails = × 満たさない
rotation-column-course = コース
rotation-column-year = 年次
rotation-column-when = 期間
rotation-column-from = 始まり
rotation-column-to = 終わり
rotation-column-department = 診療科
rotation-column-category = 区分
rotation-column-length = 長さ
rotation-column-least = 最短
rotation-column-most = 最長
rotation-column-unit = 単位
rotation-column-place = 研修先
rotation-column-field = 分野
rotation-column-rule = 項目
rotation-column-set = 基準
rotation-column-asked = 求める期間
rotation-column-verdict = 判定
## 地図、散布図、式、くり返し
## 「地図」の升目の注は、形のゆがみを断る文。

map-highest-several = 最も大きいのは{$value}で、{$area}など{$count}地域
map-tiles-note = 升目は都道府県の並びを表し、面積や距離は表しません。
map-abbreviations = 升目の名前は略したものです。正しい名前は表にあります。
map-value-range = {$from}〜{$to}
map-class-below = {$value}未満
map-class-between = {$from}以上{$to}未満
map-class-above = {$value}以上
map-key = {$class}（{$count}地域）
map-no-value = 値なし
map-alternative = {$indicator}（{$period}）を{$count}の地域に塗り分けた地図。{$sentences}
map-class-sentence = {$class}は{$count}地域。
map-extremes = 最大は{$highest}の{$most}、最小は{$lowest}の{$least}。
map-without-value = 値のない地域: {$areas}。
map-credit = 地図: {$credit}。
map-points-title = {$count}か所の位置
map-circles-title = {$count}か所と、そこから{$radius}kmの範囲
map-points-alternative = {$count}か所を示した地図。{$sentences}
map-points-of-kind = {$kind}は{$names}。
map-circles = 円の半径は{$radius}km。
map-unnamed = 図に名前が入らなかった場所は、表で確かめられます。
map-kilometres = {$count}km
map-place = 場所
map-kind = 種類
map-latitude = 緯度
map-longitude = 経度
column-class = 階級

# Training programmes
programme-sample = 見本
programme-hospital = 病院
programme-department = 診療科
programme-intake = 研修の開始
programme-intake-year = {$year}年度
programme-places = 募集人数
programme-supervisors = 指導医
programme-people = {$count}人
programme-pay = 給与
programme-housing = 住まい
programme-duty = 当直
programme-applications = 応募期間
programme-from-until = {$from}〜{$until}
programme-from = {$from}から
programme-until = {$until}まで
programme-closed = {$period}（締め切りました）
programme-how = 応募のしかた
programme-visits = 見学
programme-url = くわしい案内
programme-contact = 問い合わせ先
programme-email = メール
programme-phone = 電話
## 図表の外

# 図表だけの頁へのリンク。
panel-alone = 図表だけを開く
# 図表だけの頁から、もとの頁へ。
panel-in-site = 「{$site}」の頁で読む
# 説明が短すぎるとき、続きを足す。
sentence-and-more = {$sentence} {$more}

## 図と表の一覧

list-of-figures = 図の一覧
list-of-tables = 表の一覧

## 機械に伝えること

# 説明が短すぎるとき。
dataset-described = 「{$title}」の数値を、出典と時点とともに CSV ファイルで公開しています。

## 図表の操作

sort-ascending = 小さい順に並べました
sort-descending = 大きい順に並べました
sort-none = もとの順に戻しました
## 棒のパネル

bars-rank = {$rank}位
bars-rank-of = {$rank}位/{$count}
bars-column-rank = 順位
bars-column-third = 順位の区分
bars-third-1 = 上位33.3％
bars-third-2 = 中位33.3％
bars-third-3 = 下位33.3％
bars-title = {$indicator}の比較
bars-finding-rank = {$area}は{$among}のうち{$rank}位（{$value}）
bars-finding-rank-lowest = {$area}は{$among}のうち低いほうから{$rank}位（{$value}）
bars-finding-above = {$count ->
    [0] {$among}のうち、{$reference}を上回るものはない
   *[other] {$among}のうち、{$reference}を上回るのは{$count}
 }
bars-finding-lowest = 最も小さいのは{$area}の{$value}
bars-note-reference = 点線は{$area}の値です。
bars-note-ranks = 順位は{$count}のうちのものです。
bars-note-limit = {$count}のうち{$shown}を示しています。
bars-note-estimated = 斜線の棒は推計値です。
bars-note-missing = 値なし：{$areas}。
bars-rest = ほか{$count}
bars-alternative = {$indicator}を比べる横棒グラフ（{$period}）。{$rows}。
bars-alternative-reference = 比べる線は{$area}の{$value}。
count-hospitals = {$count}病院
count-prefectures = {$count}都道府県
count-medical-areas = {$count}圏域
count-municipalities = {$count}市区町村
count-areas = {$count}地域

## 傾きと目標のパネル

slope-title = {$indicator}の今と昔
slope-steepest = {$sentence}、伸びが最も大きい
slope-periods = {$from}と{$to}
slope-rose = {$area}は{$from}から{$to}へ増加。
slope-fell = {$area}は{$from}から{$to}へ減少。
slope-unchanged = {$area}は{$from}のまま。
slope-apart = {$area}は{$from}と{$to}で、増減は出せない。
slope-alternative = {$indicator}を{$from}と{$to}で比べる線の図。{$sentences}
slope-note-missing = 両方の時点の値がそろわないもの：{$areas}。
target-now = 現状 {$value}
target-now-part = 現状 {$value}・{$part}
target-aim = 目標 {$value}・{$state}
target-reached = 到達
target-missing = あと{$gap}
target-above = {$gap}超過
target-unknown = 比べられない
target-measures = 現状と目標
target-periods = 現状は{$now}、目標は{$target}
target-finding-reached = {$name}は目標の{$target}に到達
target-finding-missing = {$name}は目標の{$target}まであと{$gap}
target-finding-above = {$name}は目標の{$target}を{$gap}上回る
target-finding-count = {$reached ->
    [0] {$all}つの目標は、どれもまだ到達していない
   *[other] {$all}つの目標のうち、到達したのは{$reached}つ
 }
target-note = 太い縦線が目標です。
target-note-parts = 単位の違うものを並べるため、目標を100％として描いています。太い縦線が目標です。
target-sentence = {$name}：{$now-period}に{$now}、{$target-period}の目標は{$target}。{$state}。
target-alternative = 現状と目標を比べる横棒グラフ。{$sentences}
target-column-now = 現状
target-column-now-period = 現状の時点
target-column-aim = 目標
target-column-aim-period = 目標の時点
target-column-part = 目標に対する割合
target-column-state = 目標まで

## 割合のパネル

share-rest = 残り
share-rest-incomplete = 残り（値のない部分を含む）
share-whole = 全体
share-column = {$part}の割合
share-finding = {$part}が{$share}を占める
share-finding-of = {$part}が{$whole}の{$share}を占める
share-finding-percent = {$whole}の{$part}は{$share}
share-course = {$from}→{$to}
share-finding-course = {$part}の割合は、{$from-period}の{$from}から{$to-period}の{$to}へ
share-finding-same = {$part}の割合は、{$from-period}も{$to-period}も{$to}
share-finding-most = {$part}の割合が最も大きいのは{$row}の{$share}
share-note-rounded = 四捨五入した値のため、割合の合計が100％にならないことがあります。
share-sentence = {$row}は{$parts}。
share-alternative = {$indicator}の内訳を示す帯グラフ。{$sentences}
multiples-rose = {$all}地域のうち{$count}地域で増加
multiples-all-rose = {$all}地域すべてで増加
multiples-axis = 縦軸はどの図も{$from}から{$to}まで。
multiples-reference = 灰色の破線は{$areas}。
scatter-one = {$area}は{$x}が{$x-value}、{$y}が{$y-value}
scatter-same-first = {$x}も{$y}も、最も大きいのは{$area}
scatter-firsts = 最も大きいのは、{$x}では{$x-area}、{$y}では{$y-area}
scatter-title = {$x}と{$y}
scatter-subtitle = 横: {$x}／縦: {$y}
scatter-up = ↑ {$measure}
scatter-across = {$measure} →
scatter-mean = 平均 {$value}
scatter-median = 中央値 {$value}
scatter-lines = 破線は、横が{$x}、縦が{$y}。
scatter-mean-note = 平均は、示した地域をどれも同じ重みで数えたもの。
scatter-count = 点の数は{$count}。
scatter-without = どちらかの値がないため、次の地域は除いた: {$areas}。
scatter-log-x = 横軸は対数。
scatter-log-y = 縦軸は対数。
scatter-sentence = {$area}は{$x}と{$y}。
scatter-alternative = 横に{$x}、縦に{$y}を取り、{$count}の点を示した散布図。{$sentences}
formula-title = {$name}の求め方
formula-example = 数を入れると
formula-symbols = 記号の意味
formula-symbol = 記号
formula-meaning = 意味
formula-sentence = {$symbol}は{$name}。
formula-alternative = {$title}。{$sentences}
# Figures in prose that are past their date: the mark beside them, and the note below the text.
outdated-aside = （更新予定を過ぎた数値）
outdated-expired = 「{$name}」の数値は、{$date}まで有効でした。
outdated-due = 「{$name}」の数値は、{$date}までに更新される予定でした。

## 研修先をさがす：プログラムの頁、比較、病院一覧の絞り込み、予定

programme-kind-clinical-training = 臨床研修
programme-kind-wide-area = 臨床研修（広域連携型）
programme-kind-general-practice = 総合診療の専門研修
programme-kind-specialty = 専門研修
programme-facts = 募集の内容
programme-courses = コース
programme-inferred = 推定を含む
programme-rules = 基準を満たすか
programme-rules-lead = 基準の一つ一つについて、計画の期間と判定を並べました。判定のもとになった基準の出典は、表の下にあります。
programme-totals = 分野ごとに比べる
programme-compare = コースを並べて比べる
programme-compare-lead = 段の高さは期間の長さを表します。
programme-for-whom = 向いている人
programme-sites = 研修先の病院
programme-dates = 日程
programme-back = プログラムの頁へ
programmes-here = ここで学べる研修
calendar-opening = 受付開始
calendar-deadline = 締め切り
calendar-opening-of = {$name} 応募の受付開始
calendar-deadline-of = {$name} 応募の締め切り
calendar-year = 一年の流れ
calendar-next = 締め切りと予定
calendar-none = これからの予定は、まだ決まっていません。
home-voices = 研修医の声
filter-label = 病院を絞り込む
filter-text = ことばで探す
filter-kind = 種別
filter-department = 診療科
filter-beds = 病床
filter-any = すべて
filter-beds-at-least = {$count}床以上
filter-clear = 条件を消す
filter-count = #件の病院を表示しています
filter-none = 条件に合う病院はありません。条件をゆるめてください。
hospital-figure-course = {$name}は{$from}から{$to}に
hospital-figure-same = {$name}は{$to}で変わらず
# Postings, and events as files for calendars.
postings = 募集
postings-open = 募集中
postings-none = いま募集しているものはありません。
posting-hospital = 雇用する病院
posting-area = 勤務地
posting-programme = 研修プログラム
posting-employment = 雇用の形
posting-places = 募集人数
posting-places-count = {$count}人
posting-salary = 給与
posting-posted = 募集開始
posting-deadline = 締め切り
posting-deadline-in-list = {$date}締め切り
posting-begins = 勤務開始
posting-requirements = 応募の条件
posting-how = 応募のしかた
posting-apply = 応募・案内
posting-contact = 問い合わせ先
posting-closed = 募集終了
posting-closed-note = この募集は{$date}に締め切りました。
posting-sample = 見本の募集
employment-full-time = 常勤
employment-part-time = 非常勤
employment-contract = 任期付き
employment-temporary = 臨時
employment-per-diem = 日雇い・スポット
salary-range = {$from}〜{$to}
salary-yen = {$amount}円
salary-money = {$amount} {$currency}
salary-hour = 時給 {$amount}
salary-day = 日給 {$amount}
salary-week = 週給 {$amount}
salary-month = 月給 {$amount}
salary-year = 年俸 {$amount}
event-calendar = カレンダーに入れる（.ics）
events-calendar = すべての行事をカレンダーに入れる（.ics）
event-sample = 見本の行事
event-previous = 変更前
event-contact = 主催・連絡先
calendar-summary = 【{$status}】{$name}
calendar-name = {$site}の行事
calendar-previous = 変更前: {$date}

# Parts of a home page without headings of their own
home-numbers = 数字で見る
home-contents = もくじ
home-pages = 記事
home-features = 特集
home-dates = 締め切りと予定
home-postings = 募集
home-hospitals = 病院の一覧
home-steps = 道すじ
# 検索。search- で始まる語はブラウザーにも渡る。{ $count } と { $query } はそこで埋まる。
search = 検索
search-label = さがすことば
search-close = 閉じる
search-count = { $count }件見つかりました。
search-count-about = 約{ $count }件見つかりました。
search-none = 「{ $query }」は見つかりませんでした。
search-none-help = ことばを短くするか、ひらがなで試してください。
search-browse = 節とタグの一覧から探す
search-more = 続きを表示
search-other-languages = ほかの言語のページ
search-looser = そのままの形では見つからないため、ことばを分けて探しました。
search-failed = 検索の索引を読み込めませんでした。通信の状態を確かめて、もう一度お試しください。
search-no-script = この検索は JavaScript で動きます。使えないときは、下の一覧から探せます。
search-sections = 節の一覧
search-kind-home = 表紙
search-kind-section = 節
search-kind-page = ページ
search-kind-feature = 特集
search-kind-interview = インタビュー
search-kind-session = 勉強会
search-kind-programme = プログラム
search-kind-news = お知らせ
search-kind-report = レポート
search-kind-hospital = 病院
search-kind-area = 地域
search-kind-event = 行事
search-kind-posting = 募集
search-kind-person = 人物
search-kind-tag = タグ
search-kind-term = 用語
# 雑誌の号と、紙のための版
issue-number = 第{$number}号
in-issue = {$issue}に掲載
kind-issue = 号
issue-articles = この号の記事
issue-page = この号のページへ
on-paper = 紙で読む
print-edition = 印刷版
print-edition-note = 紙に印刷するためのページです。ブラウザの「印刷」で、余白は「既定」、「背景のグラフィック」を入れてお使いください。
fold-sheet = 一枚の紙でつくる八ページの折り本
fold-note = 片面に実寸で印刷し、点線で折り、中央の実線だけを切って本の形にします。
fold-mark = 折る
cut-mark = 切る
issued-on = {$date} 発行
colophon = 奥付
issued-by = 発行
read-on-web = ウェブで読む
paper-notes = メモ
code-of = {$address} の二次元コード
## アクセシビリティ方針と試験結果

a11y-sample = これは見本です。書かれている日付、結果、窓口は架空のものです。
a11y-scope = 対象範囲
a11y-target = 目標とする適合レベルと対応度
a11y-target-text = JIS X 8341-3:2016 の適合レベル{$level}に{$degree}
a11y-degree-full = 準拠
a11y-degree-partial = 一部準拠
a11y-degree-considered = 配慮
a11y-degree-note = 「準拠」「一部準拠」「配慮」は、情報通信アクセス協議会ウェブアクセシビリティ基盤委員会「ウェブコンテンツの JIS X 8341-3:2016 対応度表記ガイドライン」の言い方によります。
a11y-deadline = 目標を達成する期限
a11y-established = 策定日
a11y-exceptions = 例外事項
a11y-no-exceptions = 例外はありません。
a11y-instead = 代わりの手段：{$text}
a11y-further = 追加する達成基準
a11y-known = 分かっている問題と対応の予定
a11y-results = 試験結果
a11y-result-of = {$year}年の試験結果
a11y-contact = 使いにくいところのお知らせ
a11y-contact-text = 読めない、操作できない、分かりにくいところがありましたら、お知らせください。
a11y-declared = 表明日
a11y-undeclared = まだ表明していません
a11y-standard = 規格の番号と改正年
a11y-reached = 満たしている適合レベル
a11y-claim-full = レベル{$level}に準拠
a11y-claim-partial = レベル{$level}に一部準拠
a11y-claim-none = 試験が終わっていないため、表明しません（結果のない達成基準 {$count}）
a11y-about = 対象となるウェブページの説明
a11y-technologies = 依存したウェブコンテンツ技術
a11y-environment = 試験に使った環境
a11y-period = 試験実施期間
a11y-not-yet = まだ試験していません
a11y-policy = ウェブアクセシビリティ方針を見る
a11y-pages = 試験を行ったページ
a11y-pages-planned = 試験するページ
a11y-sampling = サイトを代表する10ページと、無作為に選んだ30ページを合わせて試験します。代表は、決めてあるページ、各言語の最初のページ、ページの型ごとに一つ（使われている数の多い型から）の順に選びます。無作為の30ページは、年と住所から計算した値の小さい順です。誰がいつ選んでも同じになります。ページの足りないサイトでは全ページです。
a11y-pages-count = {$count}ページ
a11y-planned-note = 試験したページの記録はまだありません。次は、いまのサイトから決まりに従って選んだものです。
a11y-representative = 代表するページ（{$count}）
a11y-drawn = 無作為に選んだページ（{$count}）
a11y-checklist = 達成基準チェックリスト
a11y-counts = 満たす {$met}、満たさない {$unmet}、未試験 {$untested}
a11y-key = 適用「なし」は、その達成基準の対象がページにないことを表し、満たすものとして数えます。「自動検査」は、このサイトを作るたびに Kairan が全ページで数えた問題の数です。0 でも、満たすことの証しにはなりません。
a11y-criterion = 達成基準
a11y-level = レベル
a11y-applies = 適用
a11y-applies-yes = あり
a11y-applies-no = なし
a11y-outcome = 結果
a11y-outcome-met = 適合
a11y-outcome-nothing = 適合
a11y-outcome-not-met = 不適合
a11y-outcome-not-tested = 未試験
a11y-by = 方法
a11y-by-tool = 道具
a11y-by-aided = 道具と人
a11y-by-person = 人
a11y-note = 注記
a11y-found = 自動検査：{$count}件
a11y-unsaid = －
a11y-menu = アクセシビリティ
a11y-title = ウェブアクセシビリティ方針
a11y-result-title = ウェブアクセシビリティ試験結果（{$year}年）

# 共有されたアドレスに添えるカードの代わりの文
card-alt-name = {$first}（{$second}）
card-alt = {$first}。{$second}
# 題名: 号と、同じことばの別の版
title-of-issue = { $issue }　{ $title }
title-of-edition = { $title }（{ $edition }）
