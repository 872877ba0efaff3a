//! `page://`: images of pages by their hash, and pictures of the workspace by their path.

use chancery_engine::{Engine, Picture};
use percent_encoding::percent_decode_str;
use tauri::http::{Request, Response, StatusCode, header};
use tauri::{Manager, Runtime, UriSchemeContext, UriSchemeResponder};

/// A page's image never changes, as the hash is its name; a picture of the workspace may.
const FOR_EVER: &str = "max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";

/// Serves `page://localhost/HASH-WIDTH.png`, a page that many pixels wide; `page://localhost/HASH.svg`, a page for any size;
/// and `page://localhost/images/PATH`, a picture below the workspace's `images/`, at most 480 pixels wide and high, its path
/// encoded as in every address.
pub fn serve<R: Runtime>(context: UriSchemeContext<'_, R>, request: Request<Vec<u8>>, responder: UriSchemeResponder) {
    let engine = context.app_handle().state::<Engine>().inner().clone();
    tauri::async_runtime::spawn(async move {
        let path = request.uri().path().trim_start_matches('/');
        responder.respond(if path.starts_with("images/") {
            let picture = match percent_decode_str(path).decode_utf8() {
                Ok(path) => engine.picture(&path).await,
                Err(_) => None,
            };
            of_picture(picture)
        } else {
            page(&engine, path).await
        });
    });
}

async fn page(engine: &Engine, name: &str) -> Response<Vec<u8>> {
    if let Some(hash) = name.strip_suffix(".svg") {
        return answer(engine.page_drawing(hash).await, "image/svg+xml", FOR_EVER);
    }
    let size = name.strip_suffix(".png").and_then(|name| name.split_once('-'));
    let image = match size.and_then(|(hash, width)| Some((hash, width.parse().ok()?))) {
        Some((hash, width)) => engine.page_image(hash, width).await,
        None => None,
    };
    answer(image.map(|image| image.to_vec()), "image/png", FOR_EVER)
}

fn of_picture(picture: Option<Picture>) -> Response<Vec<u8>> {
    let kind = picture.as_ref().map_or("image/png", |picture| picture.kind.media_type());
    answer(picture.map(|picture| picture.bytes.to_vec()), kind, ASK_AGAIN)
}

fn answer(image: Option<Vec<u8>>, kind: &'static str, caching: &'static str) -> Response<Vec<u8>> {
    let (status, body) = match image {
        Some(image) => (StatusCode::OK, image),
        None => (StatusCode::NOT_FOUND, Vec::new()),
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let mut set = |name, value| drop(headers.insert(name, header::HeaderValue::from_static(value)));
    set(header::CONTENT_TYPE, kind);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::CACHE_CONTROL, caching);
    // An image has no business with scripts or other addresses, whatever a template or a stranger drew.
    set(
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox",
    );
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_engine::PictureKind;

    #[test]
    fn drawings_come_with_their_type_and_without_any_rights() {
        let response = of_picture(Some(Picture { kind: PictureKind::Svg, bytes: b"<svg/>".as_slice().into() }));
        let header = |name: &str| response.headers()[name].to_str().expect("text").to_owned();
        assert_eq!(header("content-type"), "image/svg+xml");
        assert_eq!(header("x-content-type-options"), "nosniff");
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("script-src"));
        assert_eq!(of_picture(None).status(), StatusCode::NOT_FOUND);
    }
}
