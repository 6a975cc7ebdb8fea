//! stub
use crate::diagnostic::Checked;use crate::locale::*;use crate::model::Data;use crate::parse::Fence;
pub struct Context<'a>{pub data:&'a Data,pub locale:&'a Locale,pub words:&'a Words,pub language:&'a Language,pub default_language:&'a Language,pub number_on_page:usize}
pub struct Panel{pub id:String,pub kind:String,pub csv:String}
impl Panel{pub fn view(&self,_:Option<String>)->String{String::new()} pub fn csv_size(&self,_:&Locale)->String{String::new()}}
pub fn compose(_:&Fence,_:&Context)->Checked<Option<Panel>>{Checked::clean(None)}
