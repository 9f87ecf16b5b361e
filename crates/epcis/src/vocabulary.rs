//! The words of EPCIS 2.0 and CBV 2.0, and the namespaces they are written out in.

/// Business steps.
pub const BIZ_STEPS: &str = "accepting arriving assembling collecting commissioning consigning creating_class_instance \
cycle_counting decommissioning departing destroying disassembling dispensing encoding entering_exiting holding inspecting \
installing killing loading other packing picking receiving removing repackaging repairing replacing reserving \
retail_selling sampling sensor_reporting shipping staging_outbound stock_taking stocking storing transporting unloading \
unpacking void_shipping";

/// Dispositions.
pub const DISPOSITIONS: &str = "active available completeness_inferred completeness_verified conformant container_closed \
container_open damaged destroyed dispensed disposed encoded expired in_progress in_transit inactive mismatch_class \
mismatch_instance mismatch_quantity needs_replacement no_pedigree_match non_conformant non_sellable_other \
partially_dispensed recalled reserved retail_sold returned sellable_accessible sellable_not_accessible stolen unavailable \
unknown";

/// Kinds of business transaction.
pub const TRANSACTIONS: &str = "bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt";

/// Kinds of source and destination.
pub const PARTIES: &str = "location owning_party possessing_party";

/// Reasons of an error declaration.
pub const ERROR_REASONS: &str = "did_not_occur incorrect_data";

/// What a sensor reports.
pub const MEASUREMENTS: &str = "AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Altitude AmountOfSubstance \
AmountOfSubstancePerUnitVolume Angle AngularAcceleration AngularMomentum AngularVelocity Area Capacitance Conductance \
Conductivity Count Density Dimensionless DoseEquivalent DoseEquivalentRate DynamicViscosity ElectricCharge ElectricCurrent \
ElectricCurrentDensity ElectricFieldStrength Energy Exposure Force Frequency Illuminance Inductance Irradiance \
KinematicViscosity Length LinearMomentum Luminance LuminousFlux LuminousIntensity MagneticFlux MagneticFluxDensity \
MagneticVectorPotential Mass MassConcentration MassFlowRate MassPerAreaTime MemoryCapacity MolalityOfSolute MolarEnergy \
MolarMass MolarVolume Power Pressure RadiantFlux RadiantIntensity Radioactivity RelativeHumidity Resistance Resistivity \
SolidAngle SpecificVolume Speed SurfaceDensity SurfaceTension Temperature Time Torque Voltage Volume VolumeFlowRate \
VolumeFraction VolumetricFlux Wavenumber";

/// Alerts of a sensor.
pub const ALERTS: &str = "ALARM_CONDITION ERROR_CONDITION";

/// Directions of a measured vector.
pub const COMPONENTS: &str = "altitude axial_distance azimuth easting elevation_angle height latitude longitude northing \
polar_angle spherical_radius x y z";

/// Whether a list of words has a word.
#[must_use]
pub fn has(words: &str, word: &str) -> bool {
    !word.is_empty() && words.split(' ').any(|known| known == word)
}

/// A bare word written out with its namespace; anything else stays.
#[must_use]
pub fn written_out(words: &str, namespace: &str, value: &str) -> String {
    if has(words, value) { format!("{namespace}{value}") } else { value.to_owned() }
}

/// An old URN of the vocabulary as the web vocabulary writes it; anything else stays.
#[must_use]
pub fn modern(value: &str) -> String {
    let kinds = [("bizstep", "BizStep-"), ("disp", "Disp-"), ("btt", "BTT-"), ("sdt", "SDT-"), ("er", "ER-")];
    for (old, new) in kinds {
        if let Some(word) =
            value.strip_prefix("urn:epcglobal:cbv:").and_then(|rest| rest.strip_prefix(old)?.strip_prefix(':'))
        {
            return format!("https://ref.gs1.org/cbv/{new}{word}");
        }
    }
    value.to_owned()
}
