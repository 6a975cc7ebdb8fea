//! What becomes of pictures: their variants, what they no longer tell, and what is said of those that can't be shown.

use std::io::Cursor;

use image::codecs::gif::GifEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, Frame, ImageFormat, Luma, Rgb, RgbImage, Rgba, RgbaImage};
use img_parts::jpeg::{Jpeg, JpegSegment};
use img_parts::png::{Png, PngChunk};
use img_parts::riff::{RiffChunk, RiffContent};
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageEXIF, ImageICC};

use crate::support::{Files, Site, assert_same, files};

/// A page with one picture, `name`.
fn page(name: &str) -> String {
    format!(
        "-- content/photo/index.md --\n---\ntitle: 写真\n---\n文。\n\n![港]({name} \"朝。\")\n-- content/photo/index.en.md --\n---\ntitle: Photo\n---\nText.\n\n![Harbour]({name})\n"
    )
}

fn site(name: &str, bytes: &[u8]) -> Site {
    let site = Site::small(&page(name));
    site.write(&format!("content/photo/{name}"), bytes);
    site
}

/// A picture of many colours: left red, right blue, brighter from top to bottom.
fn colours(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let light = u8::try_from(y * 120 / height).unwrap();
        let grain = u8::try_from((x * 7 + y * 13) % 16).unwrap();
        let (red, blue) = if x * 2 < width { (120 + light, 20) } else { (20, 120 + light) };
        Rgb([red + grain, light / 2 + grain, blue + grain])
    })
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 85).encode_image(&colours(width, height)).unwrap();
    bytes
}

fn png(width: u32, height: u32) -> Vec<u8> {
    encoded(&DynamicImage::ImageRgb8(colours(width, height)), ImageFormat::Png)
}

/// The only file of the output whose name begins and ends so.
#[track_caller]
fn only<'f>(files: &'f Files, begin: &str, end: &str) -> (&'f str, &'f [u8]) {
    let found: Vec<_> = files.iter().filter(|(name, _)| name.starts_with(begin) && name.ends_with(end)).collect();
    assert_eq!(
        found.len(),
        1,
        "{begin}…{end}: {:?}",
        files.keys().filter(|name| name.contains("asset")).collect::<Vec<_>>()
    );
    (found[0].0, found[0].1)
}

#[track_caller]
fn decoded(files: &Files, begin: &str, end: &str) -> RgbImage {
    image::load_from_memory(only(files, begin, end).1).unwrap().to_rgb8()
}

fn is_red(pixel: &Rgb<u8>) -> bool {
    pixel.0[0] > pixel.0[2].saturating_add(50)
}

/// Exif as cameras write it: which way up, a place, a maker, notes of it, a second picture.
fn exif(turn: u8) -> Vec<u8> {
    let mut exif = Vec::from(*b"II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0");
    exif.extend([turn, 0, 0, 0]);
    exif.extend(b"\x0F\x01\x02\0\x08\0\0\0SECR-CAM\0\0\0\0");
    exif.extend(b"GPSLatitude 37.05 SECRET-PLACE MakerNote SECRET-NOTE \xFF\xD8\xFF\xE0SECRET-THUMBNAIL\xFF\xD9");
    exif
}

const SECRETS: [&str; 4] = ["SECR", "GPSLat", "MakerNote", "xmpmeta"];

/// Fails where a file of the output tells a secret.
#[track_caller]
fn tells_nothing(files: &Files) {
    for (name, bytes) in files {
        for secret in SECRETS {
            let tells = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!tells, "{name} tells {secret}");
        }
    }
}

fn secret_jpeg(turn: u8) -> Vec<u8> {
    let mut picture = Jpeg::from_bytes(jpeg(600, 300).into()).unwrap();
    picture.set_exif(Some(exif(turn).into()));
    let segment =
        |marker, text: &'static str| JpegSegment::new_with_contents(marker, Bytes::from_static(text.as_bytes()));
    picture
        .segments_mut()
        .insert(1, segment(0xE1, "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>SECRET-OWNER</x:xmpmeta>"));
    picture.segments_mut().insert(1, segment(0xED, "Photoshop 3.0\08BIM SECRET-IPTC"));
    picture.segments_mut().insert(1, segment(0xE2, "MPF\0SECRET-MPF"));
    picture.segments_mut().insert(1, segment(0xFE, "SECRET-COMMENT"));
    [&picture.encoder().bytes()[..], &secret_appendix()].concat()
}

/// Telephones append further pictures with metadata of their own.
fn secret_appendix() -> Vec<u8> {
    let mut picture = Jpeg::from_bytes(jpeg(16, 16).into()).unwrap();
    picture.set_exif(Some(exif(1).into()));
    picture.encoder().bytes().to_vec()
}

#[test]
fn a_photograph_comes_out_in_three_widths_and_two_formats() {
    let site = site("hall.jpg", &jpeg(2000, 1500));
    site.built();
    let (html, output) = (site.page("photo/index.html"), site.output());
    for (width, height) in [(480, 360), (960, 720), (1600, 1200)] {
        for end in [".webp", ".jpg"] {
            let begin = format!("assets/hall-{width}.");
            assert_eq!(decoded(&output, &begin, end).dimensions(), (width, height));
            let (name, bytes) = only(&output, &begin, end);
            assert!(html.contains(&format!("../{name} {width}w")), "{html}");
            assert!(name.contains(&blake3::hash(bytes).to_hex()[..12]), "{name}");
        }
    }
    assert!(!site.has("photo/hall.jpg"), "the photograph itself is not published");
    let img = html.split("<picture>").nth(1).and_then(|rest| rest.split("</picture>").next()).expect("a picture");
    assert!(img.starts_with("<source type=\"image/webp\" srcset=") && img.contains("sizes=\""), "{img}");
    assert!(img.contains("width=\"1600\" height=\"1200\"") && img.contains("alt=\"港\""), "{img}");
    let (middle, _) = only(&output, "assets/hall-960.", ".jpg");
    assert!(img.contains(&format!("src=\"../{middle}\"")), "{img}");
    assert!(!html.contains(" style="));
    let sheets: Vec<&str> = output.keys().map(String::as_str).filter(|name| name.contains("/pictures.")).collect();
    assert!(html.contains(sheets[0]) && !site.page("about/index.html").contains(sheets[0]), "{sheets:?}");
}

#[test]
fn the_first_picture_is_loaded_at_once_and_those_below_later() {
    let site = Site::small("-- content/photo/index.md --\n---\ntitle: 写真\nlanguages: 1\n---\n![a](a.jpg)\n");
    site.edit("-- content/photo/index.md --\n---\ntitle: 写真\n---\n![a](a.jpg)\n\n![b](a.jpg)\n\n```gallery\n![c](a.jpg \"c\")\n```\n");
    site.write("content/photo/a.jpg", &jpeg(500, 300));
    site.run(&["build"]).exits(0);
    let lazy = |html: &str| {
        html.split("<img ")
            .skip(1)
            .map(|img| img.split('>').next().unwrap().contains("loading=\"lazy\""))
            .collect::<Vec<_>>()
    };
    assert_eq!(lazy(&site.page("photo/index.html")), [false, true, true]);
    site.edit(
        "-- content/photo/index.md --\n---\ntitle: 写真\ncover: {src: a.jpg, alt: x, credit: y}\n---\n![a](a.jpg)\n",
    );
    site.run(&["build"]).exits(0);
    let html = site.page("photo/index.html");
    assert_eq!(lazy(&html), [false, true]);
    assert_eq!(html.matches("fetchpriority=\"high\"").count(), 1);
}

#[test]
fn nothing_is_made_larger_than_it_is() {
    let site = site("small.jpg", &jpeg(300, 200));
    site.built();
    let output = site.output();
    assert_eq!(decoded(&output, "assets/small-", ".jpg").dimensions(), (300, 200));
    assert_eq!(decoded(&output, "assets/small-", ".webp").dimensions(), (300, 200));
}

#[test]
fn a_photograph_that_lies_on_its_side_stands_up() {
    // Turned by 6, what is on the left goes to the top.
    let site = site("side.jpg", &secret_jpeg(6));
    site.built();
    let picture = decoded(&site.output(), "assets/side-300.", ".jpg");
    assert_eq!(picture.dimensions(), (300, 600));
    assert!(is_red(picture.get_pixel(150, 60)) && !is_red(picture.get_pixel(150, 540)));
    assert!(site.page("photo/index.html").contains("width=\"300\" height=\"600\""));
}

#[test]
fn no_file_tells_where_or_by_whom_a_picture_was_taken() {
    let mut small_png = Png::from_bytes(png(300, 200).into()).unwrap();
    small_png.set_exif(Some(exif(1).into()));
    for (kind, text) in [
        (*b"tEXt", "Author\0SECRET-TEXT"),
        (*b"iTXt", "XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta>SECRET"),
        (*b"caBX", "SECRET-C2PA"),
    ] {
        small_png.chunks_mut().insert(1, PngChunk::new(kind, Bytes::from_static(text.as_bytes())));
    }
    let secret_png = [&small_png.encoder().bytes()[..], b"SECRET-TAIL"].concat();
    let lossless = encoded(&DynamicImage::ImageRgb8(colours(300, 200)), ImageFormat::WebP);
    let mut webp = WebP::from_bytes(lossless.into()).unwrap();
    let head = RiffChunk::new(*b"VP8X", RiffContent::Data(Bytes::from_static(b"\x0C\0\0\0\x2B\x01\0\xC7\0\0")));
    webp.chunks_mut().insert(0, head);
    webp.set_exif(Some(exif(1).into()));
    webp.chunks_mut().push(RiffChunk::new(*b"XMP ", RiffContent::Data(Bytes::from_static(b"<x:xmpmeta>SECRET"))));
    let embedded = base64(&secret_jpeg(1));
    let drawing = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><!-- SECRET --><metadata>SECRET</metadata>\
         <image href='data:image/jpeg;base64,{embedded}'/></svg>"
    );
    let site = Site::small(
        "-- content/photo/index.md --\n---\ntitle: 写真\ncover: {src: a.jpg, alt: a, credit: b}\n---\n\
         ![a](a.jpg)\n\n![b](b.png)\n\n![c](c.webp)\n\n![d](d.svg)\n\n![e](e.gif)\n\n\
         [a](a.jpg) [b](b.png) [c](c.webp)\n-- content/photo/index.en.md --\n---\ntitle: Photo\ncover: {alt: a}\n---\nText.\n",
    );
    site.write("content/photo/a.jpg", &secret_jpeg(6)).write("content/photo/b.png", &secret_png);
    site.write("content/photo/c.webp", &webp.encoder().bytes()).write("content/photo/d.svg", drawing.as_bytes());
    site.write("content/photo/e.gif", &moving_gif("SECRET")).write("content/photo/unused.jpg", &secret_jpeg(1));
    site.write("static/loose.jpg", &secret_jpeg(3));
    site.built();
    let output = site.output();
    for name in
        ["photo/a.jpg", "photo/b.png", "photo/c.webp", "photo/d.svg", "photo/e.gif", "photo/unused.jpg", "loose.jpg"]
    {
        assert!(output.contains_key(name), "{name} is linked to, moves, or is shown by nobody");
    }
    tells_nothing(&output);
    // What a drawing holds is hidden from a search for words.
    let drawing = String::from_utf8(output["photo/d.svg"].clone()).unwrap();
    assert!(
        drawing.contains("<image href=\"data:image/jpeg;base64,") && !drawing.contains(&embedded[..400]),
        "{drawing}"
    );
    assert!(!drawing.contains(&base64(&secret_appendix())[..40]));
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

/// Two pictures one after the other, and a comment.
fn moving_gif(comment: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    encoder.set_repeat(image::codecs::gif::Repeat::Infinite).unwrap();
    for shade in [40, 200] {
        encoder.encode_frame(Frame::new(RgbaImage::from_pixel(20, 10, Rgba([shade, 0, 0, 255])))).unwrap();
    }
    drop(encoder);
    let end = bytes.pop();
    bytes.extend([0x21, 0xFE, u8::try_from(comment.len()).unwrap()]);
    bytes.extend(comment.as_bytes());
    bytes.extend([0, end.unwrap()]);
    bytes
}

#[test]
fn what_moves_goes_on_moving() {
    let mut apng = Png::from_bytes(png(40, 20).into()).unwrap();
    let mut control = vec![PngChunk::new(*b"acTL", Bytes::from_static(&[0, 0, 0, 1, 0, 0, 0, 0]))];
    control.push(PngChunk::new(
        *b"fcTL",
        Bytes::from_static(&[0, 0, 0, 0, 0, 0, 0, 40, 0, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0]),
    ));
    apng.chunks_mut().splice(1..1, control);
    let site = Site::small(
        "-- content/photo.md --\n---\ntitle: 写真\n---\n![a](a.gif)\n\n![b](b.png)\n-- content/photo.en.md --\n---\ntitle: Photo\n---\nText.\n",
    );
    site.write("content/a.gif", &moving_gif("x")).write("content/b.png", &apng.encoder().bytes()).built();
    let html = site.page("photo/index.html");
    assert!(html.contains("src=\"../a.gif\"") && html.contains("width=\"20\" height=\"10\""), "{html}");
    assert!(html.contains("src=\"../b.png\"") && !html.contains("<picture>"), "{html}");
    let output = site.output();
    assert!(output["a.gif"].windows(11).any(|window| window == b"NETSCAPE2.0"));
    assert!(output["b.png"].windows(4).any(|window| window == b"acTL"));
}

#[test]
fn transparency_stays_and_charts_lose_nothing() {
    let glass = RgbaImage::from_fn(500, 300, |x, y| {
        Rgba([(x % 251) as u8, (y % 241) as u8, ((x * y) % 239) as u8, (x % 256) as u8])
    });
    let chart = RgbImage::from_fn(480, 300, |x, y| {
        if x / 40 % 2 == 0 && y > x / 2 { Rgb([0, 80, 160]) } else { Rgb([255, 255, 255]) }
    });
    let site = Site::small(
        "-- content/photo.md --\n---\ntitle: 写真\n---\n![a](glass.png)\n\n![b](chart.png)\n\n![c](photo.png)\n-- content/photo.en.md --\n---\ntitle: Photo\n---\nText.\n",
    );
    site.write("content/glass.png", &encoded(&DynamicImage::ImageRgba8(glass), ImageFormat::Png));
    site.write("content/chart.png", &encoded(&DynamicImage::ImageRgb8(chart.clone()), ImageFormat::Png));
    let photo = RgbImage::from_fn(480, 300, |x, y| Rgb([(x % 256) as u8, (y % 256) as u8, ((x + y) % 256) as u8]));
    site.write("content/photo.png", &encoded(&DynamicImage::ImageRgb8(photo), ImageFormat::Png)).built();
    let output = site.output();
    let glass = image::load_from_memory(only(&output, "assets/glass-480.", ".webp").1).unwrap();
    assert!(
        glass.color().has_alpha()
            && image::load_from_memory(only(&output, "assets/glass-480.", ".png").1).unwrap().color().has_alpha()
    );
    assert!(
        decoded(&output, "assets/chart-480.", ".webp") == chart
            && decoded(&output, "assets/chart-480.", ".png") == chart
    );
    only(&output, "assets/photo-480.", ".jpg");
}

#[test]
fn sixteen_bits_and_the_colours_of_print_are_read() {
    let deep = image::ImageBuffer::<Luma<u16>, _>::from_fn(90, 60, |x, _| Luma([(x * 700) as u16]));
    let site = Site::small(
        "-- content/photo.md --\n---\ntitle: 写真\n---\n![a](deep.png)\n\n![b](print.jpg)\n-- content/photo.en.md --\n---\ntitle: Photo\n---\nText.\n",
    );
    site.write("content/deep.png", &encoded(&DynamicImage::ImageLuma16(deep), ImageFormat::Png));
    site.write("content/print.jpg", &cmyk()).built();
    let output = site.output();
    let deep = decoded(&output, "assets/deep-90.", ".webp");
    assert!(deep.get_pixel(2, 30).0[0] < 20 && deep.get_pixel(88, 30).0[0] > 225);
    let print = decoded(&output, "assets/print-8.", ".jpg");
    let Rgb([red, green, blue]) = *print.get_pixel(4, 4);
    assert!(red < 60 && green > 190 && blue > 190, "cyan ink on paper, not {red} {green} {blue}");
}

/// Eight by eight points of cyan, as Photoshop writes them: four colours of ink, turned round.
fn cmyk() -> Vec<u8> {
    let mut bytes = b"\xFF\xD8\xFF\xEE\0\x0EAdobe\0\x64\0\0\0\0\0".to_vec();
    bytes.extend(b"\xFF\xDB\0\x43\0");
    bytes.extend([8; 64]);
    bytes.extend(b"\xFF\xC0\0\x14\x08\0\x08\0\x08\x04\x01\x11\0\x02\x11\0\x03\x11\0\x04\x11\0");
    // One code for each length of a difference: `0` for none, `10` for seven bits; and `0` for the end of a block.
    bytes.extend(b"\xFF\xC4\0\x15\0\x01\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x07");
    bytes.extend(b"\xFF\xC4\0\x14\x10\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    bytes.extend(b"\xFF\xDA\0\x0E\x04\x01\0\x02\0\x03\0\x04\0\0\x3F\0");
    // Cyan is all ink, which is 0 here: -127 (seven bits 0000000); the others are none, which is 255: +127 (1111111).
    let bits: String = ["1000000000", "1011111110", "1011111110", "1011111110"].concat() + "11111111";
    for byte in bits.as_bytes().chunks_exact(8) {
        let byte = byte.iter().fold(0, |sum, bit| sum << 1 | (bit - b'0'));
        bytes.push(byte);
        if byte == 0xFF {
            bytes.push(0);
        }
    }
    bytes.extend(b"\xFF\xD9");
    bytes
}

#[test]
fn the_wide_colours_of_telephones_are_brought_to_those_of_the_web() {
    let plain = RgbImage::from_pixel(64, 64, Rgb([200, 100, 60]));
    let mut picture = Jpeg::from_bytes(encoded(&DynamicImage::ImageRgb8(plain), ImageFormat::Jpeg).into()).unwrap();
    picture.set_icc_profile(Some(moxcms::ColorProfile::new_display_p3().encode().unwrap().into()));
    let site = site("p3.jpg", &picture.encoder().bytes());
    site.built();
    let Rgb([red, green, blue]) = *decoded(&site.output(), "assets/p3-64.", ".jpg").get_pixel(32, 32);
    // What Display P3 calls (200, 100, 60) is (214, 94, 47) in sRGB, by the definitions of both.
    assert!(red.abs_diff(214) < 5 && green.abs_diff(94) < 5 && blue.abs_diff(47) < 6, "{red} {green} {blue}");
}

#[test]
fn avif_is_made_where_the_site_asks_for_it() {
    let site = site("a.jpg", &jpeg(60, 40));
    let toml = std::fs::read_to_string(site.path("site.toml")).unwrap();
    site.write("site.toml", format!("{toml}\n[pictures]\navif = true\nwidths = [30]\nquality = 60\n").as_bytes())
        .built();
    let output = site.output();
    let (name, bytes) = only(&output, "assets/a-30.", ".avif");
    assert!(bytes.windows(8).any(|window| window == b"ftypavif"));
    let html = site.page("photo/index.html");
    assert!(html.contains(&format!("<picture><source type=\"image/avif\" srcset=\"../{name} 30w\"")), "{html}");
}

#[test]
fn cards_show_what_the_author_calls_the_middle() {
    let site = Site::small(
        "-- content/features/summer.md --\n---\ntitle: 夏\ndate: 2026-07-07\ncover: {src: wide.jpg, alt: 港, credit: 撮影 係, focus: 90% 50%}\n---\n文。\n\
         -- content/features/summer.en.md --\n---\ntitle: Summer\ncover: {alt: Harbour}\n---\nText.\n",
    );
    site.write("content/features/wide.jpg", &jpeg(2400, 600)).built();
    let output = site.output();
    let square = decoded(&output, "assets/wide-square-320.", ".jpg");
    assert_eq!(square.dimensions(), (320, 320));
    assert!(square.pixels().all(|pixel| !is_red(pixel)), "all of the right part");
    let wide = decoded(&output, "assets/wide-wide-640.", ".jpg");
    assert_eq!(wide.dimensions(), (640, 400));
    assert!(site.page("features/index.html").contains(only(&output, "assets/wide-wide-640.", ".webp").0));
    // English is inherited: the focus too.
    assert!(site.page("en/features/index.html").contains("alt=\"\""));
    site.edit("-- content/features/summer.md --\n---\ntitle: 夏\ndate: 2026-07-07\ncover: {src: wide.jpg, alt: 港, credit: 係, focus: 左上}\n---\n文。\n");
    let run = site.build();
    let finding = run.finding("bad-focus");
    assert!(finding.found() == "左上" && finding.remedy().contains("top left"), "{run}");
}

#[test]
fn covers_say_what_they_show_and_who_made_them() {
    let site = Site::small(
        "-- content/features/summer.md --\n---\ntitle: 夏\ncover: {src: a.jpg}\n---\n文。\n\
         -- content/features/summer.en.md --\n---\ntitle: Summer\n---\nText.\n",
    );
    site.write("content/features/a.jpg", &jpeg(40, 30));
    let run = site.build();
    assert_eq!(run.finding("missing-credit").place(), "content/features/summer.md:3:8");
    let places: Vec<String> = run
        .findings()
        .iter()
        .filter(|finding| finding.code() == "missing-alt")
        .map(|finding| finding.place())
        .collect();
    assert_eq!(places.len(), 2, "in each language: {places:?}");
    site.edit(
        "-- content/features/summer.md --\n---\ntitle: 夏\ncover: {src: a.jpg, alt: 港, credit: 係}\n---\n文。\n\
         -- content/features/summer.en.md --\n---\ntitle: Summer\ncover: {alt: Harbour}\n---\nText.\n",
    );
    site.built();
    let data = site.page("features/summer/index.html");
    let output = site.output();
    let (name, _) = only(&output, "assets/a-40.", ".jpg");
    assert!(
        data.contains(&format!("\"image\":[\"https://example.org/shiomi/{name}\"]"))
            || data.contains(&format!("\"image\":\"https://example.org/shiomi/{name}\"")),
        "{data}"
    );
    assert!(data.contains(&format!("<meta property=\"og:image\" content=\"https://example.org/shiomi/{name}\">")));
}

/// The error that comes of a file with this name and these bytes, and what it says.
#[track_caller]
fn refused(name: &str, bytes: &[u8], code: &str, told: &[&str]) {
    let site = site(name, bytes);
    let run = site.build();
    run.exits(1);
    let finding = run.finding(code);
    assert_eq!(finding.place(), format!("content/photo/{name}:1:1"), "{run}");
    let all = format!("{} {} {}", finding.message(), finding.found(), finding.remedy());
    for text in told {
        assert!(all.contains(text), "no `{text}` in: {all}");
    }
    assert_eq!(run.findings().len(), 1, "one problem is told once: {run}");
}

/// The head of a PNG that says it is so large.
fn png_head(width: u32, height: u32) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let chunk = |kind: &[u8; 4], data: Vec<u8>| PngChunk::new(*kind, data.into()).encoder().bytes().to_vec();
    [
        &b"\x89PNG\r\n\x1A\n"[..],
        &chunk(b"IHDR", head),
        &chunk(b"IDAT", vec![0x78, 0x9C, 3, 0, 0, 0, 0, 1]),
        &chunk(b"IEND", Vec::new()),
    ]
    .concat()
}

#[test]
fn bombs_are_seen_by_their_heads() {
    refused("bomb.png", &png_head(50_000, 50_000), "picture-too-large", &["50000 × 50000", "60000000", "max_pixels"]);
    let mut gif = b"GIF89a\xFF\xFF\xFF\xFF\0\0\0".to_vec();
    gif.extend(b"\x2C\0\0\0\0\xFF\xFF\xFF\xFF\0\x02\x02\x44\x01\0\x3B");
    refused("bomb.gif", &gif, "picture-too-large", &["65535 × 65535"]);
    let mut large = jpeg(16, 16);
    let frame = large.windows(2).position(|window| window == [0xFF, 0xC0]).unwrap();
    large[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xDC, 0xFF, 0xDC]);
    refused("bomb.jpg", &large, "picture-too-large", &["65500 × 65500"]);
    // As large as is allowed, and nothing behind it.
    refused("empty.png", &png_head(7_000, 7_000), "broken-picture", &[]);
}

#[test]
fn files_that_are_not_what_they_are_called_are_told() {
    refused("a.jpg", &png(20, 10), "mislabelled-picture", &[".jpg", "PNG", ".png"]);
    refused("a.png", &jpeg(20, 10), "mislabelled-picture", &["JPEG", ".jpg"]);
    refused("a.webp", b"<!doctype html><title>Not found</title>", "mislabelled-picture", &["HTML"]);
    refused("b.jpg", b"", "mislabelled-picture", &["empty"]);
    refused("b.png", b"%PDF-1.7", "mislabelled-picture", &["PDF"]);
    refused("c.jpg", b"no picture at all", "mislabelled-picture", &["no picture"]);
    refused("c.svg", &png(20, 10), "mislabelled-picture", &["PNG"]);
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    refused("d.heic", heic, "photograph-format", &["HEIC", "Most Compatible", "JPEG"]);
    refused("d.jpg", heic, "photograph-format", &["HEIC"]);
    refused("e.tiff", b"II*\0\x08\0\0\0\0\0", "photograph-format", &["TIFF", "JPEG"]);
    refused("f.avif", b"\0\0\0\x1CftypavifX\0\0\0avif....Exif", "broken-picture", &[]);
}

#[test]
fn broken_and_truncated_files_are_told() {
    let (whole_jpeg, whole_png) = (jpeg(200, 100), png(200, 100));
    let whole_webp = encoded(&DynamicImage::ImageRgb8(colours(200, 100)), ImageFormat::WebP);
    refused("a.jpg", &whole_jpeg[..whole_jpeg.len() / 2], "truncated-picture", &["copy the original"]);
    refused("a.png", &whole_png[..whole_png.len() / 2], "broken-picture", &[]);
    refused("a.webp", &whole_webp[..whole_webp.len() / 2], "broken-picture", &[]);
    let mut spoilt = whole_jpeg.clone();
    let tables = spoilt.windows(2).position(|window| window == [0xFF, 0xC4]).unwrap();
    spoilt[tables + 5..tables + 20].fill(0xFE);
    refused("b.jpg", &spoilt, "broken-picture", &[]);
    refused(
        "a.svg",
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><g></svg>",
        "broken-picture",
        &["SVG"],
    );
}

#[test]
fn drawings_lose_what_runs_and_what_asks_others() {
    let drawing = "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' xmlns:inkscape='urn:x' width='90' height='50' onload='a()'>\
        <script>a()</script><image href='https://example.org/a.png'/><path inkscape:label='Aoki' d='M0 0'/></svg>";
    let site = site("a.svg", drawing.as_bytes());
    let run = site.build();
    let finding = run.finding("svg-cleaned");
    assert!(run.code == 0 && finding.severity() == "warning" && finding.place() == "content/photo/a.svg:1:1", "{run}");
    assert!(finding.message().contains("scripts") && finding.message().contains("references"), "{run}");
    let published = site.page("photo/a.svg");
    let head = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" height=\"50\" width=\"90\">";
    assert_eq!(published, format!("{head}<image/><path d=\"M0 0\"/></svg>"));
}

#[test]
fn what_was_made_is_kept() {
    let site = Site::small(
        "-- content/photo/index.md --\n---\ntitle: 写真\ncover: {src: a.jpg, alt: a, credit: b}\n---\n文。\n-- content/photo/index.en.md --\n---\ntitle: Photo\ncover: {alt: a}\n---\nText.\n",
    );
    site.write("content/photo/a.jpg", &jpeg(700, 500)).built();
    let first = site.output();
    // What is kept is made to tell another story: if it comes out, nothing was made anew.
    let kept = files(&site.path(".kairan-cache"));
    let (place, entry) = kept.iter().find(|(name, _)| name.contains("picture-")).expect("an entry");
    let mut entry = entry.clone();
    *entry.last_mut().unwrap() ^= 0xFF;
    let print = blake3::hash(&entry[32..]).to_hex();
    entry[..32].copy_from_slice(&print.as_bytes()[..32]);
    // What stands under a name of its fingerprint is not written again; so nothing stands.
    std::fs::remove_dir_all(site.path("public")).expect("an output to remove");
    site.write(&format!(".kairan-cache/{place}"), &entry).built();
    let second = site.output();
    let changed: Vec<_> =
        first.iter().filter(|(name, bytes)| name.starts_with("assets/") && second.get(*name) != Some(bytes)).collect();
    assert_eq!(
        changed.len(),
        1,
        "one byte of one file: {:?}",
        changed.iter().map(|(name, _)| name).collect::<Vec<_>>()
    );
    // Another quality is another picture.
    let toml = std::fs::read_to_string(site.path("site.toml")).unwrap();
    site.write("site.toml", format!("{toml}\n[pictures]\nquality = 40\n").as_bytes()).built();
    let smaller = |files: &Files| only(files, "assets/a-480.", ".webp").1.len();
    assert!(smaller(&site.output()) < smaller(&first));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let site = Site::small(
        "-- content/photo.md --\n---\ntitle: 写真\n---\n![a](a.jpg)\n\n![b](b.png)\n\n![c](c.jpg)\n\n![d](d.jpg)\n-- content/photo.en.md --\n---\ntitle: Photo\n---\nText.\n",
    );
    site.write("content/a.jpg", &jpeg(1000, 700)).write("content/b.png", &png(700, 900));
    site.write("content/c.jpg", &jpeg(90, 50)).write("content/d.jpg", &secret_jpeg(8));
    let built = |threads: &str| {
        _ = std::fs::remove_dir_all(site.path(".kairan-cache"));
        let mut command = site.command(&["build", "--format", "json", "--out", &format!("out{threads}")]);
        crate::support::run({
            command.env("RAYON_NUM_THREADS", threads);
            command
        })
        .clean();
        files(&site.path(&format!("out{threads}")))
    };
    let one = built("1");
    assert_same(&one, &built("2"), "two threads");
    assert_same(&one, &built("8"), "eight threads");
}

#[test]
fn settings_of_pictures_are_checked() {
    let site = site("a.jpg", &jpeg(60, 40));
    let toml = std::fs::read_to_string(site.path("site.toml")).unwrap();
    for wrong in ["widths = []", "widths = [8]", "quality = 0", "max_pixels = 0"] {
        site.write("site.toml", format!("{toml}\n[pictures]\n{wrong}\n").as_bytes());
        assert_eq!(site.build().finding("out-of-range").severity(), "error", "{wrong}");
    }
    site.write("site.toml", format!("{toml}\n[pictures]\nmax_pixels = 100\n").as_bytes());
    assert!(site.build().finding("picture-too-large").remedy().contains("100"));
}

/// Machines differ in what they can do at once; pictures must not.
#[test]
fn every_machine_makes_the_same_small_picture() {
    use fast_image_resize::{CpuExtensions, Resizer};
    let large = DynamicImage::ImageRgb8(colours(701, 503));
    let by = |extensions: Option<CpuExtensions>| {
        let mut resizer = Resizer::new();
        if let Some(extensions) = extensions {
            // None of them is always there.
            unsafe { resizer.set_cpu_extensions(extensions) };
        }
        let mut small = DynamicImage::new_rgb8(333, 239);
        resizer.resize(&large, &mut small, None).unwrap();
        small.into_bytes()
    };
    assert_eq!(by(None), by(Some(CpuExtensions::None)));
}
