//! `robots.txt`: everybody may read everything, and the sitemap is there.

/// The file for a site whose sitemap has the absolute address `sitemap`.
pub fn text(sitemap: &str) -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_names_the_sitemap() {
        let text = super::text("https://example.org/zine/sitemap.xml");
        assert_eq!(text, "User-agent: *\nAllow: /\n\nSitemap: https://example.org/zine/sitemap.xml\n");
    }
}
