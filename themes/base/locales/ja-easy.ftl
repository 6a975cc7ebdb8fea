### やさしい日本語の画面の言葉。ここにない語は ja.ftl のものになります。
### 読みを付けられない場所の言葉なので、むずかしい漢字は、かなで書きます。

skip-to-content = この ページの はじめへ
main-navigation = おもな ページ
footer-navigation = いちばん下の ページ
breadcrumb = いま いる ところ
home = さいしょの ページ
menu = メニュー
made-with = Kairanで つくっています
publisher = つくっている ところ
contact = れんらく
feed = 新しい お知らせ（フィード）
print = 紙に 印刷する

language-switcher = ことばを えらぶ
stale-translation = もとの ページが 新しく なりました。この ページは 古い ところが あります。
stale-translation-link = {$language}の ページを 読む
language-ja = ふつうの 日本語

table-of-contents = この ページに あること
reading-minutes = {$minutes}分ぐらいで 読めます
published = 出した日
updated = 新しくした日
authors = 書いた人
credit = 絵や しゃしん：{$credit}
tags = ことば
series = つづきもの
read-more = つづきを 読む
alert-note = 知っておくこと
alert-tip = べんりなこと
alert-important = 大切
alert-warning = 気をつけてください
alert-caution = あぶない

kind-feature = とくべつな 記事
kind-interview = 話を 聞きました
kind-session = べんきょうの 会
kind-programme = けんしゅう
kind-news = お知らせ
kind-report = しらべたこと

all-pages = ぜんぶの ページ
related = にている ページ
no-pages = まだ ページが ありません。
tag-title = 「{$tag}」の ページ
neighbours = 前と 次の ページ
previous-article = 前の ページ
next-article = 次の ページ
previous-page = 前の ページ
next-page = 次の ページ

search = さがす
search-label = この サイトの 中を さがす

hospitals = 病院の ページ
hospital-address = 住所（じゅうしょ）
hospital-phone = 電話（でんわ）
hospital-email = メール
hospital-website = ホームページ
hospital-visit = 病院を 見に 行く

events = もよおし
events-coming = これからの もよおし
events-past = おわった もよおし
no-events = いまは ありません。
event-kind-session = べんきょうの 会
event-kind-briefing = せつめいの 会
event-kind-visit = 病院を 見に 行く
event-kind-deadline = さいごの 日
event-status-changed = かわりました
event-status-cancelled = ありません（中止）
event-over = おわりました
event-more = くわしく 見る・もうしこむ
event-place = 場所（ばしょ）
event-people = 話す人
event-capacity = 入れる 人の 数

page-expired = この ページは {$date}までの ことです。いまは ちがうかもしれません。
page-due = この ページは {$date}までに 新しくする つもりでした。古いかもしれません。

source = もとの しりょう
note = 気をつけること
as-of = {$date}の こと
show-data = 数を 表で 見る
not-found-title = ページが ありません
not-found-text = この ページは なくなったか、場所が かわりました。
not-found-home = さいしょの ページへ もどる
sample = 見本
sample-person = 本当に いる人では ありません
sample-hospital = 本当に ある病院では ありません
sample-note = 「見本」と 書いてある 人と 病院は、本当では ありません。
a11y-menu = だれでも 使えるように
