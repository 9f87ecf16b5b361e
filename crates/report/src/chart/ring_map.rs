//! The ring as a scheme: distance rings as arcs, sites by ring at an invented bearing, lanes as curves.

use super::Chart;
use super::axis::{BASE, SMALL};
use crate::fmt::{dec, int};
use crate::part::{Cell, Column, Table};
use crate::svg::{Anchor, Canvas, bold_width, count_f64, num, text_width, wrap};

/// What stands at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// A site of the ring that the plan uses.
    Site,
    /// A candidate the plan leaves closed.
    Candidate,
    /// A place outside the rings that makes or sends.
    Home,
    /// Somebody who receives.
    Customer,
}

/// A place on the map.
#[derive(Clone, Debug)]
pub struct Node {
    /// Name.
    pub label: String,
    /// A short line under the name, such as what is made there.
    pub note: String,
    /// What it is.
    pub kind: NodeKind,
    /// Index into the rings, nearest to the risk zone first; none for places outside.
    pub ring: Option<usize>,
    /// Units made over the horizon; sets the size.
    pub output: f64,
}

/// What travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaneKind {
    /// Parts and kits.
    Parts,
    /// Sub-assemblies between sites.
    Items,
    /// Finished units to customers.
    Units,
}

impl LaneKind {
    fn class(self) -> &'static str {
        match self {
            Self::Parts => "lane lane-parts",
            Self::Items => "lane lane-items",
            Self::Units => "lane lane-units",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Parts => "parts and kits",
            Self::Items => "sub-assemblies",
            Self::Units => "finished units",
        }
    }
}

/// A flow between two nodes.
#[derive(Clone, Debug)]
pub struct Lane {
    /// Index of the node it leaves.
    pub from: usize,
    /// Index of the node it reaches.
    pub to: usize,
    /// What travels.
    pub kind: LaneKind,
    /// Quantity over the horizon; sets the thickness within its kind.
    pub flow: f64,
    /// What the quantity counts, such as `kits`.
    pub unit: String,
}

/// The whole map.
#[derive(Clone, Debug)]
pub struct RingMap {
    /// Names of the distance rings, nearest to the risk zone first.
    pub rings: Vec<String>,
    /// Places.
    pub nodes: Vec<Node>,
    /// Flows.
    pub lanes: Vec<Lane>,
}

/// Where things are on one canvas.
struct Frame {
    centre: (f64, f64),
    /// Inner edge of the first ring and width of each, px.
    inner: f64,
    step: f64,
    /// Half of the angle that stays on the canvas for a radius.
    reach: f64,
    is_narrow: bool,
}

impl Frame {
    /// A point at a radius and a bearing in radians from the axis of the drawing.
    fn at(&self, radius: f64, bearing: f64) -> (f64, f64) {
        let (along, across) = (radius * libm::cos(bearing), radius * libm::sin(bearing));
        if self.is_narrow {
            (self.centre.0 + across, self.centre.1 - along)
        } else {
            (self.centre.0 - along, self.centre.1 + across)
        }
    }

    fn half_angle(&self, radius: f64) -> f64 {
        libm::asin((self.reach / radius).clamp(0.0, 0.985))
    }

    /// The arc of a radius, a little past the edge of the canvas or to a full half circle.
    fn arc(&self, radius: f64) -> String {
        let half = libm::asin(((self.reach + 60.0) / radius).clamp(0.0, 1.0));
        let (a, b) = (self.at(radius, -half), self.at(radius, half));
        let sweep = u8::from(self.is_narrow);
        format!("M{} {}A{r} {r} 0 0 {sweep} {} {}", num(a.0), num(a.1), num(b.0), num(b.1), r = num(radius))
    }

    /// Everything within a radius, to the far edge of the canvas.
    fn area(&self, radius: f64) -> String {
        let half = libm::asin(((self.reach + 60.0) / radius).clamp(0.0, 1.0));
        let (a, b) = (self.at(radius, -half), self.at(radius, half));
        let edge = if self.is_narrow {
            (b.0, self.centre.1, a.0, self.centre.1)
        } else {
            (self.centre.0, b.1, self.centre.0, a.1)
        };
        format!("{}L{} {}L{} {}Z", self.arc(radius), num(edge.0), num(edge.1), num(edge.2), num(edge.3))
    }
}

/// Distance between neighbours of one ring, px: what the circle of a busy site and a few letters take.
const APART: f64 = 34.0;

impl RingMap {
    fn frame(&self, canvas: &Canvas) -> (Frame, f64) {
        let bands = count_f64(self.rings.len().max(1));
        if canvas.is_narrow() {
            let height = 172.0 + 104.0 * bands;
            let frame = Frame {
                centre: (canvas.width / 2.0, height),
                inner: 64.0,
                step: 104.0,
                reach: canvas.width / 2.0 - 46.0,
                is_narrow: true,
            };
            (frame, height)
        } else {
            let height = 480.0;
            let inner = 92.0;
            let step = (canvas.width - 170.0 - inner) / bands;
            let frame = Frame {
                centre: (canvas.width, height / 2.0),
                inner,
                step,
                reach: height / 2.0 - 52.0,
                is_narrow: false,
            };
            (frame, height)
        }
    }

    /// Sites spread over their ring by index; places outside share the far side.
    fn positions(&self, frame: &Frame, canvas: &Canvas, height: f64) -> Vec<(f64, f64)> {
        let count = |ring: Option<usize>| self.nodes.iter().filter(|n| n.ring == ring).count();
        let mut seen = vec![0_usize; self.rings.len() + 1];
        self.nodes
            .iter()
            .map(|node| {
                let slot = node.ring.map_or(0, |r| r + 1).min(self.rings.len());
                let k = count_f64(seen[slot]);
                seen[slot] += 1;
                let n = count_f64(count(node.ring));
                match node.ring {
                    Some(ring) => {
                        let middle = frame.inner + frame.step * (count_f64(ring) + 0.5);
                        let half = frame.half_angle(middle);
                        // Where a ring is full, neighbours stand in turns nearer and farther within it.
                        let needed = (n * APART / (2.0 * half * middle)).ceil();
                        let rows = needed.clamp(1.0, (frame.step / APART).floor().max(1.0));
                        let radius = frame.inner + frame.step * (count_f64(ring) + (k % rows + 0.5) / rows);
                        let tilt = if ring % 2 == 0 { 0.0 } else { 0.22 };
                        let share = (k + 0.5) / n - 0.5 + tilt / n;
                        frame.at(radius, share * 2.0 * half)
                    }
                    None if frame.is_narrow => (canvas.width * (k + 0.5) / n, 46.0),
                    None => (64.0, height * (k + 0.5) / n),
                }
            })
            .collect()
    }

    fn radius(&self, node: &Node) -> f64 {
        let top = self.nodes.iter().map(|n| n.output).fold(0.0, f64::max);
        match node.kind {
            NodeKind::Site | NodeKind::Home if top > 0.0 && node.output > 0.0 => {
                6.0 + 13.0 * libm::sqrt(node.output / top)
            }
            _ => 6.0,
        }
    }

    fn draw_lane(&self, canvas: &mut Canvas, lane: &Lane, places: &[(f64, f64)]) {
        let (Some(a), Some(b)) = (places.get(lane.from).copied(), places.get(lane.to).copied()) else { return };
        let top = self.lanes.iter().filter(|l| l.kind == lane.kind).map(|l| l.flow).fold(0.0, f64::max);
        let width = 1.2 + 5.8 * libm::sqrt((lane.flow / top.max(1e-9)).clamp(0.0, 1.0));
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let length = libm::hypot(dx, dy).max(1.0);
        let bow = 0.14;
        let c = (f64::midpoint(a.0, b.0) - dy * bow, f64::midpoint(a.1, b.1) + dx * bow);
        let tip = format!(
            "{} to {}: {} {}",
            self.nodes[lane.from].label,
            self.nodes[lane.to].label,
            dec(lane.flow, 0),
            lane.unit
        );
        let d = format!("M{} {}Q{} {} {} {}", num(a.0), num(a.1), num(c.0), num(c.1), num(b.0), num(b.1));
        canvas.path_wide(&d, lane.kind.class(), Some(width), &tip);
        let t = 0.62;
        let point = |t: f64| {
            let s = 1.0 - t;
            (s * s * a.0 + 2.0 * s * t * c.0 + t * t * b.0, s * s * a.1 + 2.0 * s * t * c.1 + t * t * b.1)
        };
        let (tail, head) = (point(t - 3.0 / length), point(t + (5.0 + width) / length));
        let (ux, uy) = ((head.0 - tail.0), (head.1 - tail.1));
        let norm = libm::hypot(ux, uy).max(1e-6);
        let (nx, ny) = (-uy / norm * (3.0 + width * 0.7), ux / norm * (3.0 + width * 0.7));
        let arrow = format!(
            "M{} {}L{} {}L{} {}Z",
            num(head.0),
            num(head.1),
            num(tail.0 + nx),
            num(tail.1 + ny),
            num(tail.0 - nx),
            num(tail.1 - ny)
        );
        canvas.path(
            &arrow,
            match lane.kind {
                LaneKind::Parts => "head-parts",
                LaneKind::Items => "head-items",
                LaneKind::Units => "head-units",
            },
        );
    }

    fn draw_node(&self, canvas: &mut Canvas, node: &Node, at: (f64, f64), taken: &mut Vec<[f64; 4]>) {
        let r = self.radius(node);
        let tip = format!("{}: {}", node.label, if node.note.is_empty() { "not used" } else { &node.note });
        match node.kind {
            NodeKind::Customer => {
                canvas.rect_tip(at.0 - 7.0, at.1 - 7.0, 14.0, 14.0, "node-customer", &tip);
            }
            NodeKind::Home => {
                canvas.diamond(at, r + 3.0, "node-home", &tip);
            }
            NodeKind::Site => {
                canvas.circle(at, r, "node-site", &tip);
            }
            NodeKind::Candidate => {
                canvas.circle(at, r, "node-closed", &tip);
            }
        }
        let room = if canvas.is_narrow() { 84.0 } else { 128.0 };
        let (name, note) = (wrap(&node.label, BASE, room), wrap(&node.note, SMALL, room));
        let widths = name.iter().map(|l| bold_width(l, BASE)).chain(note.iter().map(|l| text_width(l, SMALL)));
        let wide = widths.fold(0.0, f64::max);
        let x = at.0.clamp(wide / 2.0, canvas.width - wide / 2.0);
        let top = at.1 + r + 2.0;
        let name_end = top + 15.0 * count_f64(name.len());
        let full = [x - wide / 2.0, top, x + wide / 2.0, name_end + 14.0 * count_f64(note.len())];
        let bare = [full[0], top, full[2], name_end];
        let free = |b: &[f64; 4], taken: &[[f64; 4]]| {
            !taken.iter().any(|t| b[0] < t[2] && t[0] < b[2] && b[1] < t[3] && t[1] < b[3])
        };
        let must = node.kind != NodeKind::Candidate;
        let with_note = must || free(&full, taken);
        if with_note || free(&bare, taken) {
            let class = if must { "tb halo" } else { "tm halo" };
            canvas.lines((x, top + 13.0), Anchor::Middle, class, &name, 15.0);
            if with_note {
                canvas.lines((x, name_end + 12.0), Anchor::Middle, "tm halo", &note, 14.0);
            }
            taken.push(if with_note { full } else { bare });
        }
    }
}

impl Chart for RingMap {
    fn draw(&self, canvas: &mut Canvas) -> f64 {
        let (frame, height) = self.frame(canvas);
        let bands = self.rings.len();
        canvas.path(&frame.area(frame.inner + frame.step * count_f64(bands)), "ring-area");
        canvas.path(&frame.area(frame.inner), "risk-area");
        for k in 0..=bands {
            canvas
                .path(&frame.arc(frame.inner + frame.step * count_f64(k)), if k == 0 { "ring ring-0" } else { "ring" });
        }
        let places = self.positions(&frame, canvas, height);
        for lane in &self.lanes {
            self.draw_lane(canvas, lane, &places);
        }
        let mut taken: Vec<[f64; 4]> = Vec::new();
        for (k, label) in self.rings.iter().enumerate() {
            let radius = frame.inner + frame.step * (count_f64(k) + 1.0);
            // At the edge of the drawing, where no site stands.
            let across = if frame.is_narrow { canvas.width } else { height };
            let half = libm::asin(((across / 2.0 - 10.0) / radius).clamp(0.0, 0.99));
            let (x, y) = frame.at(radius - 6.0, -half);
            let (x, y) = if frame.is_narrow { (x.max(2.0), y + 12.0) } else { (x + 10.0, y.max(14.0)) };
            canvas.text((x, y), Anchor::Start, "tm halo", label);
            taken.push([x, y - 11.0, x + text_width(label, SMALL), y + 3.0]);
        }
        let zone = "risk zone";
        if frame.is_narrow {
            canvas.text((canvas.width / 2.0, height - 18.0), Anchor::Middle, "tz", zone);
        } else {
            canvas.text((canvas.width - 8.0, height / 2.0 + 4.0), Anchor::End, "tz", zone);
        }
        let mut order: Vec<usize> = (0..self.nodes.len()).collect();
        order.sort_by(|a, b| self.nodes[*b].output.total_cmp(&self.nodes[*a].output).then(a.cmp(b)));
        for i in order {
            self.draw_node(canvas, &self.nodes[i], places[i], &mut taken);
        }
        let kinds = [LaneKind::Parts, LaneKind::Items, LaneKind::Units];
        let used: Vec<(String, String)> = kinds
            .iter()
            .filter(|k| self.lanes.iter().any(|l| l.kind == **k))
            .map(|k| (k.class().replace("lane lane", "key"), k.word().to_owned()))
            .collect();
        height + 10.0 + super::axis::key(canvas, (0.0, height + 10.0), &used)
    }

    fn table(&self) -> Table {
        let columns = vec![
            Column::text("From"),
            Column::text("To"),
            Column::text("Carries"),
            Column::number("Quantity"),
            Column::text("Unit"),
        ];
        let mut table = Table::new("Flows over the horizon; sites of the plan with what they make", columns);
        for l in &self.lanes {
            let name = |i: usize| self.nodes.get(i).map_or("", |n| n.label.as_str());
            table.row([
                name(l.from).into(),
                name(l.to).into(),
                l.kind.word().into(),
                Cell::from(dec(l.flow, 0)),
                l.unit.as_str().into(),
            ]);
        }
        for n in self.nodes.iter().filter(|n| matches!(n.kind, NodeKind::Site | NodeKind::Home)) {
            let ring = n.ring.and_then(|r| self.rings.get(r)).map_or("outside the rings", String::as_str);
            table.row([
                Cell::from(n.label.as_str()),
                ring.into(),
                n.note.as_str().into(),
                dec(n.output, 0).into(),
                "made".into(),
            ]);
        }
        table
    }

    fn describe(&self) -> String {
        let open = self.nodes.iter().filter(|n| n.kind == NodeKind::Site).count();
        format!(
            "Schematic map, distances as rings around a risk zone, bearings invented. {} sites in use in {} rings, {} flows.",
            int(i64::try_from(open).unwrap_or(0)),
            self.rings.len(),
            self.lanes.len()
        )
    }
}
