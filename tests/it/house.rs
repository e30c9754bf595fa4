//! The structure of the house, read from the code itself: no circle of imports at any depth, folders that can be taken in
//! at a glance, no tuple that a signature takes apart, and one meaning for each type name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use syn::visit::Visit;
use syn::{FnArg, Item, Pat, UseTree};

use crate::folder::project;
use crate::tidy::sources;

/// Most files that a folder may hold.
const FILES: usize = 20;

/// Folders that are lists: checks, data sets, and the map itself, whose order `tidy.rs` holds.
const LISTS: [&str; 3] = ["", "verdicts/checks", "ingest/dataset"];

/// A file of the crate, by its path of modules; the root is the empty path.
struct Module {
    file: String,
    parsed: syn::File,
}

type Path = Vec<String>;

fn modules() -> BTreeMap<Path, Module> {
    let is_module = |file: &str| file != "main.rs";
    let files = sources("src").into_iter().filter(|(file, _)| is_module(file));
    files
        .map(|(file, text)| {
            let stem = file.trim_end_matches(".rs");
            let path = if stem == "lib" { Path::new() } else { stem.split('/').map(str::to_owned).collect() };
            let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("src/{file}: {error}"));
            (path, Module { file, parsed })
        })
        .collect()
}

/// Whether an item is only there for tests.
fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let of_cfg = attribute.path().is_ident("cfg");
        of_cfg && attribute.meta.require_list().is_ok_and(|list| list.tokens.to_string() == "test")
    })
}

/// Paths that a file names, each from the root of the crate; and the names that it passes on.
struct Names<'m> {
    of: &'m Path,
    children: BTreeSet<String>,
    used: Vec<Path>,
    /// First segments of paths: some are names that the file passes on and uses itself.
    first: BTreeSet<String>,
    passed_on: BTreeMap<String, Path>,
}

impl Names<'_> {
    /// A path as it is written, from the root; nothing if it leads out of the crate.
    fn absolute(&self, written: &[String]) -> Option<Path> {
        let mut path = match written.first()?.as_str() {
            "crate" => Path::new(),
            "self" => self.of.clone(),
            "super" => self.of[..self.of.len().checked_sub(1)?].to_vec(),
            child if self.children.contains(child) => {
                let mut path = self.of.clone();
                path.push(child.to_owned());
                path
            }
            _ => return None,
        };
        for segment in &written[1..] {
            if segment == "super" {
                path.pop()?;
            } else if segment != "self" {
                path.push(segment.clone());
            }
        }
        Some(path)
    }

    fn tree(&mut self, tree: &UseTree, before: &[String], is_passed_on: bool) {
        let with = |segment: String| [before, &[segment]].concat();
        match tree {
            UseTree::Path(path) => self.tree(&path.tree, &with(path.ident.to_string()), is_passed_on),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(tree, before, is_passed_on)),
            UseTree::Name(name) => self.name(&with(name.ident.to_string()), &name.ident.to_string(), is_passed_on),
            UseTree::Rename(name) => self.name(&with(name.ident.to_string()), &name.rename.to_string(), is_passed_on),
            UseTree::Glob(_) => self.name(before, "*", is_passed_on),
        }
    }

    fn name(&mut self, written: &[String], name: &str, is_passed_on: bool) {
        if let Some(path) = self.absolute(written) {
            if is_passed_on {
                self.passed_on.insert(name.to_owned(), path);
            } else {
                self.used.push(path);
            }
        }
    }
}

impl<'a> Visit<'a> for Names<'_> {
    fn visit_item(&mut self, item: &'a Item) {
        let attributes: &[syn::Attribute] = match item {
            Item::Mod(of) => &of.attrs,
            Item::Fn(of) => &of.attrs,
            Item::Impl(of) => &of.attrs,
            Item::Use(of) => &of.attrs,
            _ => &[],
        };
        if !is_for_tests(attributes) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
        let is_passed_on = !matches!(item.vis, syn::Visibility::Inherited);
        self.tree(&item.tree, &[], is_passed_on);
    }

    /// Who may see something is no import.
    fn visit_visibility(&mut self, _: &'a syn::Visibility) {}

    fn visit_path(&mut self, path: &'a syn::Path) {
        let written: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.first.extend(written.first().cloned());
        if written.len() > 1 {
            self.used.extend(self.absolute(&written));
        }
        syn::visit::visit_path(self, path);
    }
}

fn names<'m>(of: &'m Path, module: &Module) -> Names<'m> {
    let is_child = |item: &Item| match item {
        Item::Mod(child) if !is_for_tests(&child.attrs) => Some(child.ident.to_string()),
        _ => None,
    };
    let children = module.parsed.items.iter().filter_map(is_child).collect();
    let mut names = Names { of, children, used: Vec::new(), first: BTreeSet::new(), passed_on: BTreeMap::new() };
    names.visit_file(&module.parsed);
    let both = names.passed_on.iter().filter(|(name, _)| names.first.contains(*name));
    let both: Vec<Path> = both.map(|(_, path)| path.clone()).collect();
    names.used.extend(both);
    names
}

/// The module in which a path ends: where what it names is written, however many modules pass it on.
fn home_of(path: &[String], all: &BTreeMap<Path, Names<'_>>) -> Option<Path> {
    let mut at = Path::new();
    for (depth, segment) in path.iter().enumerate() {
        let mut below = at.clone();
        below.push(segment.clone());
        if all.contains_key(&below) {
            at = below;
            continue;
        }
        return match all.get(&at)?.passed_on.get(segment) {
            Some(next) => home_of(&[next.as_slice(), &path[depth + 1..]].concat(), all),
            None => Some(at),
        };
    }
    Some(at)
}

/// Which file takes something from which.
fn imports(modules: &BTreeMap<Path, Module>) -> BTreeMap<String, BTreeSet<String>> {
    let all: BTreeMap<Path, Names<'_>> =
        modules.iter().map(|(path, module)| (path.clone(), names(path, module))).collect();
    let file = |path: &Path| modules[path].file.clone();
    let of = |(path, names): (&Path, &Names<'_>)| {
        let homes = names.used.iter().filter_map(|used| home_of(used, &all)).filter(|home| home != path);
        (file(path), homes.map(|home| file(&home)).collect())
    };
    all.iter().map(of).collect()
}

/// A way from a file back to itself, if there is one.
fn circle(from: &str, imports: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    let mut reached: BTreeMap<&str, &str> = BTreeMap::new();
    let mut open = vec![from];
    while let Some(file) = open.pop() {
        for next in imports.get(file).into_iter().flatten() {
            if next == from {
                let back = std::iter::successors(Some(file), |file| reached.get(file).copied());
                let mut way: Vec<String> = back.map(str::to_owned).collect();
                way.reverse();
                return Some(way);
            }
            if !reached.contains_key(next.as_str()) {
                reached.insert(next, file);
                open.push(next);
            }
        }
    }
    None
}

#[test]
fn no_circle_of_imports_at_any_depth() {
    let modules = modules();
    let imports = imports(&modules);
    let count: usize = imports.values().map(BTreeSet::len).sum();
    assert!(count > 500, "only {count} imports were found: this test does not see the house any more");
    let mut circles: BTreeSet<Vec<String>> = BTreeSet::new();
    for from in imports.keys() {
        // Each circle once, told from its first file.
        circles.extend(circle(from, &imports).filter(|way| way.iter().min() == way.first()));
    }
    assert_eq!(circles, BTreeSet::new());
}

#[test]
fn folders_can_be_taken_in_at_a_glance() {
    let mut files: BTreeMap<String, usize> = BTreeMap::new();
    for (file, _) in sources("src") {
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        *files.entry(folder.to_owned()).or_default() += 1;
    }
    let full: Vec<(String, usize)> =
        files.into_iter().filter(|(folder, count)| *count > FILES && !LISTS.contains(&folder.as_str())).collect();
    assert_eq!(full, []);
}

/// Functions that take a tuple apart in their signature: a noun is missing there.
struct TakenApart(Vec<String>);

impl<'a> Visit<'a> for TakenApart {
    fn visit_signature(&mut self, signature: &'a syn::Signature) {
        let is_tuple =
            |argument: &FnArg| matches!(argument, FnArg::Typed(typed) if matches!(*typed.pat, Pat::Tuple(_)));
        if signature.inputs.iter().any(is_tuple) {
            self.0.push(signature.ident.to_string());
        }
        syn::visit::visit_signature(self, signature);
    }
}

#[test]
fn no_signature_takes_a_tuple_apart() {
    let mut found = Vec::new();
    for module in modules().into_values() {
        let mut taken_apart = TakenApart(Vec::new());
        taken_apart.visit_file(&module.parsed);
        found.extend(taken_apart.0.into_iter().map(|name| format!("src/{}: {name}", module.file)));
    }
    assert_eq!(found, Vec::<String>::new());
}

/// Types that are defined in a file.
struct Types(Vec<String>);

impl<'a> Visit<'a> for Types {
    fn visit_item_struct(&mut self, item: &'a syn::ItemStruct) {
        self.0.push(item.ident.to_string());
    }

    fn visit_item_enum(&mut self, item: &'a syn::ItemEnum) {
        self.0.push(item.ident.to_string());
    }

    fn visit_item_type(&mut self, item: &'a syn::ItemType) {
        self.0.push(item.ident.to_string());
    }

    fn visit_item_trait(&mut self, item: &'a syn::ItemTrait) {
        self.0.push(item.ident.to_string());
    }
}

/// The names of all types, with the files that define them.
pub(crate) fn type_names() -> BTreeMap<String, Vec<String>> {
    let mut homes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for module in modules().into_values() {
        let mut types = Types(Vec::new());
        types.visit_file(&module.parsed);
        for name in types.0 {
            homes.entry(name).or_default().push(module.file.clone());
        }
    }
    homes
}

#[test]
fn a_type_name_means_one_thing() {
    let mut homes = type_names();
    homes.retain(|_, files| files.len() > 1);
    assert_eq!(homes, BTreeMap::new());
}

#[test]
fn the_map_names_every_module() {
    let map = fs::read_to_string(project().join("src/lib.rs")).unwrap();
    let told: String = map.lines().filter(|line| line.starts_with("//!")).collect();
    let modules = modules();
    let missing: Vec<&String> = modules
        .keys()
        .filter(|path| path.len() == 1)
        .map(|path| &path[0])
        .filter(|name| !told.contains(*name))
        .collect();
    assert_eq!(missing, Vec::<&String>::new());
}
