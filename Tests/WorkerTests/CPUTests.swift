import Testing
import Worker

@Suite struct CPUTests {
    private static func cpu(_ flags: String) -> CPU {
        CPU(cpuinfo: "processor\t: 0\nmodel name\t: Some CPU @ 2 GHz\nflags\t\t: fpu \(flags) sse2\n\nprocessor\t: 1\n")
    }

    @Test func nameAndFeaturesAreFound() {
        let cpu = Self.cpu("avx2 fma")
        #expect(cpu.name == "Some CPU @ 2 GHz")
        #expect(cpu.features == ["avx2", "fma"])
    }

    @Test(arguments: ["", "flags", ":\n:::\n", "\n\n: x"]) func anyTextIsRead(cpuinfo: String) {
        #expect(CPU(cpuinfo: cpuinfo).features.isEmpty)
    }

    @Test(arguments: [
        ("avx2", "Zen"), ("avx2", "Haswell"), ("avx2 avx512f", "SkylakeX"), ("avx2 avx512f", "Cooperlake"),
        ("", "Prescott"),
    ])
    func aCoreThatFitsIsNotMentioned(flags: String, core: String) {
        #expect(Self.cpu(flags).warning(aboutCore: core) == nil)
    }

    @Test(arguments: [("avx2", "Prescott"), ("avx2", "SkylakeX"), ("avx2 avx512f", "Haswell"), ("avx2 avx512f", "Zen")])
    func aCoreThatDoesNotFitIsWarnedAbout(flags: String, core: String) throws {
        #expect(try #require(Self.cpu(flags).warning(aboutCore: core)).contains(core))
    }
}
