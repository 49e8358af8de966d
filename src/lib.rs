//! k8sdiag reads the note you already wrote about your system and draws the architecture it describes.
pub mod draw;
pub mod font;
pub mod geom;
pub mod layout;
pub mod model;
pub mod read;
pub mod resolve;
pub mod scene;
pub mod yaml;
