//! `page://`: images of pages by their hash.

use chancery_engine::Engine;
use tauri::http::{Request, Response, StatusCode, header};
use tauri::{Manager, Runtime, UriSchemeContext, UriSchemeResponder};

/// Serves `page://localhost/HASH.svg`; a page’s image never changes, as the hash is its name.
pub fn serve<R: Runtime>(context: UriSchemeContext<'_, R>, request: Request<Vec<u8>>, responder: UriSchemeResponder) {
    let engine = context.app_handle().state::<Engine>().inner().clone();
    tauri::async_runtime::spawn(async move {
        let hash = request.uri().path().trim_start_matches('/').trim_end_matches(".svg").to_owned();
        let image = engine.page_image(&hash).await;
        responder.respond(answer(image.as_deref().map(str::as_bytes)));
    });
}

fn answer(image: Option<&[u8]>) -> Response<Vec<u8>> {
    let (status, body) = match image {
        Some(image) => (StatusCode::OK, image.to_vec()),
        None => (StatusCode::NOT_FOUND, Vec::new()),
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("image/svg+xml"));
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("max-age=31536000, immutable"));
    // An image has no business with scripts or other addresses, whatever a template drew.
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        header::HeaderValue::from_static(
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:",
        ),
    );
    response
}
